/**
 * NFS: ONC RPC over TCP and UDP, MOUNT, NFS 2 to 4.2, and the names of file handles, from which paths are put together. The table of
 * names is the one thing that all queues share, because a client mounts over one connection and reads over another.
 */
package net.flowsonde.dpi.nfs;

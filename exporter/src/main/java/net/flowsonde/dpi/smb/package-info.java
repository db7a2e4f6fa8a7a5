/**
 * Files over SMB1, SMB2 and SMB3 (MS-CIFS, MS-SMB, MS-SMB2): who opened, read, wrote, renamed or deleted what on which share, from the
 * messages of both sides. The two protocols have a parser each and share the state and the records.
 */
package net.flowsonde.dpi.smb;

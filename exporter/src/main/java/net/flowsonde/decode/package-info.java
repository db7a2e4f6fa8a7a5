/** Header flyweights and the decoder: where each layer of one packet lies. Knows nothing of the rest of Flowsonde. */
package net.flowsonde.decode;

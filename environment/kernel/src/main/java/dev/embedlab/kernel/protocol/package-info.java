/**
 * The Jupyter messaging protocol on the wire: connection file, messages, signatures, JSON. Knows
 * neither sockets nor Java shells; may import Jackson only.
 */
package dev.embedlab.kernel.protocol;

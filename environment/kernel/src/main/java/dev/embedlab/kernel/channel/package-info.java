/**
 * The five ZeroMQ sockets of a kernel and the threads that own them. May import the protocol
 * package and JeroMQ; user code never runs on these threads.
 */
package dev.embedlab.kernel.channel;

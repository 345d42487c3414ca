package dev.embedlab.kernel.channel;

/** The sockets on which messages are sent. */
public enum Channel {
  SHELL,
  CONTROL,
  STDIN,
  IOPUB
}

/**
 * Routes what cells print and show to the request they belong to, also from threads that outlive
 * their cell. May import the protocol package; knows nothing of Java shells.
 */
package dev.embedlab.kernel.output;

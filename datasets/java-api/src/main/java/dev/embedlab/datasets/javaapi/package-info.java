/** Builds the java-api data set from source archives. */
package dev.embedlab.datasets.javaapi;

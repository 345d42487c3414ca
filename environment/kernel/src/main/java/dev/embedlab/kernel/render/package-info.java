/**
 * Turns values into MIME bundles: what values offer themselves, registered renderers, and the JDK's
 * own types. Knows neither messages nor shells.
 */
package dev.embedlab.kernel.render;

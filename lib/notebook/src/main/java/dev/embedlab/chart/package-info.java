/** Charts that every notebook viewer can draw. */
package dev.embedlab.chart;

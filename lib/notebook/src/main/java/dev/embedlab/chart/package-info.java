/**
 * Charts that every notebook viewer can show: one bundle of Plotly JSON, PNG and text each, with
 * error bars where numbers have intervals. Imports XChart and nothing of the library.
 */
package dev.embedlab.chart;

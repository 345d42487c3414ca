/**
 * Results of evaluations as Tablesaw tables and charts: leaderboards, differences, rankings side by
 * side. Imports {@link dev.embedlab.evaluate}, {@link dev.embedlab.chart} and {@link
 * dev.embedlab.display}.
 */
package dev.embedlab.table;

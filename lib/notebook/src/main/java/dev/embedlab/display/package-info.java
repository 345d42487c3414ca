/**
 * How values become visible in a notebook: tables, figures of other libraries, HTML and progress
 * bars. Knows no kernel by type; finds the one it runs under by the names that Java kernels share.
 */
package dev.embedlab.display;

/** What a search system is: queries in, a run out; and search over dense vectors. */
package dev.embedlab.search;

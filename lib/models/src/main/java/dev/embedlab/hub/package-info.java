/**
 * Fetches models and data sets from a Hugging Face hub into the cache that Python shares. Imports
 * only {@link dev.embedlab.progress}.
 */
package dev.embedlab.hub;

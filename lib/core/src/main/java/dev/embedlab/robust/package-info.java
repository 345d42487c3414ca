/**
 * How a model bears what real texts bring: typing errors, other spelling, other languages, mixed
 * topics. Imports data, encoders, metrics, statistics and exact search.
 */
package dev.embedlab.robust;

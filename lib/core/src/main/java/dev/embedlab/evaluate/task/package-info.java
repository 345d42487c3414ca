/**
 * The kinds of task that embeddings are judged by, each scored as MTEB scores it. Imports data,
 * metrics, statistics, learners, sampling, encoders and exact search.
 */
package dev.embedlab.evaluate.task;

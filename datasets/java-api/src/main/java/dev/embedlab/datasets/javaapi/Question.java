package dev.embedlab.datasets.javaapi;

import java.util.List;

/**
 * One query: a first sentence with every member that carries it.
 *
 * @param key the sentence as {@link Sentences#normalise} writes it
 * @param text the sentence as its first member has it
 * @param answers the members to be found
 */
record Question(String key, String text, List<Member> answers) {}

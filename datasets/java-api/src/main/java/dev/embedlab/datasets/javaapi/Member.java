package dev.embedlab.datasets.javaapi;

/**
 * One documented public type, method or constructor.
 *
 * @param id fully qualified name with parameter types, without spaces
 * @param topLevelClass fully qualified; all members of one end up in the same split
 * @param signature return type, qualified name and parameters, as a reader would write it
 * @param sentence first sentence of the Javadoc as plain text
 * @param body the rest: further sentences, then parameters, result and exceptions
 */
record Member(String id, String topLevelClass, String signature, String sentence, String body) {}

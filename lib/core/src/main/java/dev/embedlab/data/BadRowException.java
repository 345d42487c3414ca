package dev.embedlab.data;

/** One row of a file cannot be used; says which file, line and field, and what to do. */
public final class BadRowException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String file;
  private final long line;
  private final String field;
  private final String problem;

  /**
   * @param file name of the file
   * @param line counted from 1; 0 if the file as a whole is meant
   * @param field name of the field or column; empty if the row as a whole is meant
   * @param problem what is wrong and what to do, a clause without a full stop
   */
  public BadRowException(String file, long line, String field, String problem) {
    super(message(file, line, field, problem));
    this.file = file;
    this.line = line;
    this.field = field;
    this.problem = problem;
  }

  private static String message(String file, long line, String field, String problem) {
    return file
        + (line > 0 ? ", line " + line : "")
        + (field.isEmpty() ? "" : ", field '" + field + "'")
        + ": "
        + problem
        + ".";
  }

  public String file() {
    return file;
  }

  public long line() {
    return line;
  }

  public String field() {
    return field;
  }

  public String problem() {
    return problem;
  }
}

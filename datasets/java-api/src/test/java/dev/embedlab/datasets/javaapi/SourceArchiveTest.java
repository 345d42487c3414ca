package dev.embedlab.datasets.javaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceArchiveTest {

  @TempDir Path folder;

  @Test
  void readsTypesMethodsAndConstructorsThatArePublic() throws IOException {
    List<Member> members =
        members(
            """
            package p;
            /** Keeps things in a box. It is square. */
            public class Box<T> {
              /** Makes a box of a size. @param n how large, in cm */
              public Box(int n) {}
              /** Puts a thing in. Twice does nothing. @return whether it was new */
              public boolean put(@Deprecated T thing, String... names) { return true; }
              /** Hidden from all. */
              void hidden() {}
              /** An inner part of it. */
              public interface Part { /** Weighs the part now. */ int weigh(); }
              static class Secret { /** Never seen by anyone. */ public void m() {} }
            }
            """);
    assertThat(members)
        .extracting(Member::id)
        .containsExactly(
            "p.Box", "p.Box(int)", "p.Box.put(T,String...)", "p.Box.Part", "p.Box.Part.weigh()");
    assertThat(members.get(2))
        .isEqualTo(
            new Member(
                "p.Box.put(T,String...)",
                "p.Box",
                "boolean p.Box.put(T thing, String... names)",
                "Puts a thing in.",
                "Twice does nothing. @return whether it was new"));
  }

  @Test
  void turnsTagsAndHtmlIntoPlainText() throws IOException {
    List<Member> members =
        members(
            """
            package p;
            /** A type of things. */
            public class A {
              /**
               * Copies {@code a < b} to {@link java.util.List#of(Object) the <b>list</b>} &amp; back.
               * <p>Second <i>part</i>.<ul><li>one<li>two</ul>
               *
               * @param x the {@linkplain A first}
               * @return the copy
               * @throws IllegalStateException if closed
               */
              public int copy(int x) { return x; }
            }
            """);
    assertThat(members.get(1).sentence()).isEqualTo("Copies a < b to the list & back.");
    assertThat(members.get(1).body())
        .isEqualTo(
            "Second part. one two\nx: the first\nReturns: the copy\n"
                + "Throws IllegalStateException: if closed");
  }

  @Test
  void leavesOutWhatOnlyInherits() throws IOException {
    assertThat(
            members(
                """
                package p;
                public class A { /** {@inheritDoc} */ public void a() {} public void undocumented() {} }
                """))
        .isEmpty();
  }

  @Test
  void survivesSourcesThatDoNotParse() throws IOException {
    assertThat(members("package p; public class { /** What is this doing? */ public void (("))
        .isEmpty();
  }

  private List<Member> members(String source) throws IOException {
    Path archive = folder.resolve("x-sources.jar");
    try (OutputStream out = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("p/Source.java"));
      zip.write(source.getBytes(StandardCharsets.UTF_8));
    }
    return SourceArchive.members(archive);
  }
}

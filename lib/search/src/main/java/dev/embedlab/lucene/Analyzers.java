package dev.embedlab.lucene;

import static java.util.Map.entry;

import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.bn.BengaliAnalyzer;
import org.apache.lucene.analysis.br.BrazilianAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.core.SimpleAnalyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.ko.KoreanAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.ta.TamilAnalyzer;
import org.apache.lucene.analysis.te.TeluguAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/**
 * Analyzers by name. {@code english} is Anserini's default: standard tokenizer, possessive {@code
 * 's} removed, lower case, Lucene's 33 stop words, Porter stemmer. {@code korean} is nori:
 * dictionary segmentation, compounds split, particles and endings removed.
 */
public final class Analyzers {

  private static final Map<String, Supplier<Analyzer>> BY_NAME =
      new TreeMap<>(
          Map.ofEntries(
              entry("arabic", ArabicAnalyzer::new),
              entry("bengali", BengaliAnalyzer::new),
              entry("brazilian", BrazilianAnalyzer::new),
              entry("bulgarian", BulgarianAnalyzer::new),
              entry("catalan", CatalanAnalyzer::new),
              entry("cjk", CJKAnalyzer::new),
              entry("czech", CzechAnalyzer::new),
              entry("danish", DanishAnalyzer::new),
              entry("dutch", DutchAnalyzer::new),
              entry("english", EnglishAnalyzer::new),
              entry("finnish", FinnishAnalyzer::new),
              entry("french", FrenchAnalyzer::new),
              entry("german", GermanAnalyzer::new),
              entry("greek", GreekAnalyzer::new),
              entry("hindi", HindiAnalyzer::new),
              entry("hungarian", HungarianAnalyzer::new),
              entry("indonesian", IndonesianAnalyzer::new),
              entry("italian", ItalianAnalyzer::new),
              entry("keyword", KeywordAnalyzer::new),
              entry("korean", KoreanAnalyzer::new),
              entry("norwegian", NorwegianAnalyzer::new),
              entry("persian", PersianAnalyzer::new),
              entry("portuguese", PortugueseAnalyzer::new),
              entry("romanian", RomanianAnalyzer::new),
              entry("russian", RussianAnalyzer::new),
              entry("simple", SimpleAnalyzer::new),
              entry("spanish", SpanishAnalyzer::new),
              entry("standard", StandardAnalyzer::new),
              entry("swedish", SwedishAnalyzer::new),
              entry("tamil", TamilAnalyzer::new),
              entry("telugu", TeluguAnalyzer::new),
              entry("thai", ThaiAnalyzer::new),
              entry("turkish", TurkishAnalyzer::new),
              entry("whitespace", WhitespaceAnalyzer::new)));

  private Analyzers() {}

  /** The short names that {@link #named(String)} knows. */
  public static java.util.Set<String> names() {
    return new TreeSet<>(BY_NAME.keySet());
  }

  /**
   * A new analyzer.
   *
   * @param name a short name such as {@code english}, or the name of a class on the class path that
   *     extends {@link Analyzer} and has a public constructor without arguments
   * @throws IllegalArgumentException if there is none
   */
  public static Analyzer named(String name) {
    Supplier<Analyzer> known = BY_NAME.get(name.toLowerCase(Locale.ROOT));
    if (known != null) {
      return known.get();
    }
    try {
      return Class.forName(name).asSubclass(Analyzer.class).getConstructor().newInstance();
    } catch (ClassNotFoundException | ClassCastException | NoSuchMethodException e) {
      throw unknown(name, e);
    } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
      throw unknown(name, e);
    }
  }

  private static IllegalArgumentException unknown(String name, Exception cause) {
    return new IllegalArgumentException(
        "There is no analyzer '%s'; use one of %s or the class name of a Lucene analyzer with a public constructor without arguments."
            .formatted(name, String.join(", ", BY_NAME.keySet())),
        cause);
  }
}

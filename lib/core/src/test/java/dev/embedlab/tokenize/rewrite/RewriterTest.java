package dev.embedlab.tokenize.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.embedlab.tokenize.Golden;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewriterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3만원|30000원",
        "3만 원|30000원",
        "10k원|10000원",
        "2만 5천원|25000원",
        "1억 2,000만원|120000000원",
        "1.5만원 쿠폰|15000원 쿠폰",
        "30,000원|30000원",
        "10k views, 1.5K likes|10000 views, 1500 likes",
        "4k-monitor|4000-monitor",
        "10km|10km",
        "3만 명|3만 명",
        "1.2.3만원|1.2.3만원",
        "０３－１２|03-12",
      })
  void amountsBecomeDigits(String before, String after) {
    Rewritten rewritten = Rewriter.standard().rewrite(before);
    assertThat(rewritten.text()).isEqualTo(after);
    assertThat(rewritten.original()).isEqualTo(before);
  }

  @Test
  void everyRewritingCanBeUndone() {
    Rewriter rewriter =
        new Rewriter(
            List.of(
                Rules.unicode(),
                Rules.whitespace(),
                Rules.products(Map.of("Java", "자바", "model", "모델")),
                Rules.koreanAmounts(),
                Rules.thousands(),
                Rules.digitGroups()));
    for (String corpus : Golden.CORPORA) {
      for (String text : Golden.read(corpus).texts()) {
        assertThat(rewriter.rewrite(text).original()).isEqualTo(text);
      }
    }
  }

  @Test
  void productNamesAreWrittenTheSame() {
    Rule rule = Rules.products(Map.of("galaxy s24", "Galaxy S24", "갤럭시 s24", "Galaxy S24"));
    assertThat(Rewriter.of(rule).apply("GALAXY S24와 갤럭시 S24는 다르다"))
        .isEqualTo("Galaxy S24와 Galaxy S24는 다르다");
    assertThat(Rewriter.of(rule).apply("galaxy s245")).isEqualTo("galaxy s245");
  }

  @Test
  void everyRuleIsCounted() {
    assertThat(Rewriter.standard().count(List.of("3만원  30,000", "plain")))
        .containsEntry("Korean amounts", 1)
        .containsEntry("white space", 1)
        .containsEntry("digit groups", 1)
        .containsEntry("thousands", 0);
  }
}

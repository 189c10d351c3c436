package io.assent.detail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DetailsTest {

    @Test
    void orderAndSpacesOfFieldsMakeNoDifference() {
        Details one = Details.parse("[{\"type\":\"t\",\"b\":1,\"a\":{\"d\":1,\"c\":\"é\"}}]");
        Details other = Details.parse(" [ {\"a\":{\"c\":\"\\u00e9\",\"d\":1}, \"b\":1, \"type\":\"t\"} ] ");

        assertThat(one).isEqualTo(other);
        assertThat(one.json()).isEqualTo("[{\"a\":{\"c\":\"é\",\"d\":1},\"b\":1,\"type\":\"t\"}]");
        assertThat(Details.parse(one.json())).isEqualTo(one);
    }

    @Test
    void theOrderOfDetailsIsKept() {
        Details details = Sent.asked(Sent.RECURRING, Sent.BALANCES);

        assertThat(details.all()).extracting(Detail::type).containsExactly("recurring_payment", "account_information");
        assertThat(Details.parse(details.json())).isEqualTo(details);
    }

    @Test
    void whereThereAreNoneNothingIsKept() {
        assertThat(Details.NONE.findJson()).isEmpty();
        assertThat(Details.parse(null)).isEqualTo(Details.NONE);
        assertThat(Details.parse("")).isEqualTo(Details.NONE);
        assertThat(Details.parse("[]")).isEqualTo(Details.NONE);
        assertThat(Sent.asked(Sent.BALANCES).findJson())
                .contains(Sent.asked(Sent.BALANCES).json());
    }

    @Test
    void togetherEachIsThereOnce() {
        Details first = Sent.asked(Sent.RECURRING, Sent.BALANCES);

        assertThat(first.and(Sent.asked(Sent.BALANCES, Sent.BALANCES_OF)))
                .isEqualTo(Sent.asked(Sent.RECURRING, Sent.BALANCES, Sent.BALANCES_OF));
        assertThat(first.and(Details.NONE)).isEqualTo(first);
        assertThat(Details.NONE.and(first)).isEqualTo(first);
    }

    @Test
    void tenOfEightThousandBytesAreAskedForAndNoMore() {
        assertThat(many(10, "").areTooManyToAsk()).isFalse();
        assertThat(many(11, "").areTooManyToAsk()).isTrue();
        assertThat(many(1, "é".repeat(4_000)).areTooManyToAsk()).isFalse();
        assertThat(many(1, "é".repeat(4_100)).areTooManyToAsk())
                .as("bytes, not characters")
                .isTrue();
    }

    @Test
    void aGrantKeepsFourTimesAsManyBytes() {
        assertThat(many(30, "").areTooManyToKeep()).isFalse();
        assertThat(many(4, "x".repeat(8_100)).areTooManyToKeep()).isFalse();
        assertThat(many(4, "x".repeat(8_192)).areTooManyToKeep()).isTrue();
    }

    private static Details many(int number, String filling) {
        return Details.parse(IntStream.range(0, number)
                .mapToObj(place -> "{\"type\":\"t\",\"n\":%d,\"text\":\"%s\"}".formatted(place, filling))
                .collect(Collectors.joining(",", "[", "]")));
    }

    @Test
    void whatADetailHandsOutIsACopy() {
        Detail detail = Sent.asked(Sent.BALANCES).all().get(0);
        detail.content().removeAll();

        assertThat(detail.content().path("type").asText()).isEqualTo("account_information");
    }
}

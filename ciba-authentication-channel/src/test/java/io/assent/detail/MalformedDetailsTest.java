package io.assent.detail;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.account.AccountList;
import io.assent.fake.data.MalformedDetails;
import io.assent.fake.data.SoundDetails;
import io.assent.text.PackTexts;
import io.assent.text.Texts;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What nobody thought of one by one. */
class MalformedDetailsTest {

    private static final long SEED = 14;

    /** What an error_description can have (RFC 6749, section 5.2). */
    private static final Pattern SPEAKABLE = Pattern.compile("[\\x20-\\x7E&&[^\"\\\\]]{1,400}");

    private final DetailTypes bank = Sent.bank();
    private final AccountList accounts = Sent.accounts(
            IntStream.range(0, 50).mapToObj(number -> "acc-" + number).toArray(String[]::new));

    @Test
    void nothingMalformedIsReadOrGranted() {
        SoundDetails sound = new SoundDetails(new Random(SEED));
        MalformedDetails.of(SEED).limit(20_000).forEach(sent -> {
            assertThat(bank.read(Sent.ALL, sent)).as(sent).isInstanceOfSatisfying(DetailFlaw.class, flaw -> assertThat(
                            flaw.description())
                    .matches(SPEAKABLE));
            if (bank.readGranted(sent) instanceof Details granted) {
                Details asked = (Details) bank.read(Sent.ALL, sound.next().toString());
                assertThat(bank.select(asked, Optional.of(granted), true, () -> accounts))
                        .as(sent)
                        .isInstanceOf(DetailSelection.Refused.class);
                // that there are two, or eleven, is refused when they are asked for
                if (granted.all().size() == 1) {
                    assertThat(bank.select(granted, Optional.empty(), true, () -> accounts))
                            .as("as if it had been asked for: " + sent)
                            .isInstanceOf(DetailSelection.Refused.class);
                }
            }
        });
    }

    @Test
    void whatIsSoundIsReadAndShown() {
        SoundDetails sound = new SoundDetails(new Random(SEED));
        Texts texts = PackTexts.in("de");
        for (int number = 0; number < 2_000; number++) {
            String sent = sound.next().toString();
            DetailReading read = bank.read(Sent.ALL, sent);
            assertThat(read).as(sent).isInstanceOf(Details.class);
            assertThat(bank.shown((Details) read, texts, () -> accounts)).allSatisfy(detail -> assertThat(detail.rows())
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(row.value()).isNotBlank()));
        }
    }
}

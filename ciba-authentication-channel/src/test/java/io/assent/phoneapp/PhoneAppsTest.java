package io.assent.phoneapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneAppsTest {

    private static final String FINGERPRINT = IntStream.range(0, 32)
            .mapToObj(number -> "%02X".formatted(number * 7))
            .collect(Collectors.joining(":"));

    @Test
    void appsAreReadAsTheAdminWroteThem() {
        PhoneApps apps = PhoneApps.of(
                "com.example.bank=" + FINGERPRINT + "## com.example.bank_two = " + FINGERPRINT.toLowerCase(Locale.ROOT),
                "ABCDE12345.com.example.bank##ABCDE12345.com.example.bank-two");

        assertThat(apps.android())
                .containsExactly(
                        new AndroidApp("com.example.bank", FINGERPRINT),
                        new AndroidApp("com.example.bank_two", FINGERPRINT));
        assertThat(apps.ios()).containsExactly("ABCDE12345.com.example.bank", "ABCDE12345.com.example.bank-two");
    }

    @Test
    void nothingIsSetWithoutASetting() {
        assertThat(PhoneApps.of("", " ## ")).isEqualTo(new PhoneApps(List.of(), List.of()));
        assertThat(PhoneApps.flawOfAndroid("")).isEmpty();
        assertThat(PhoneApps.flawOfIos("##")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.example.bank",
                "com.example.bank=",
                "com.example.bank=14:6D",
                "bank={}",
                "com.example.*={}",
                "com.1example={}",
                "com.example.bank={}:00",
                "com.example.\"bank={}",
                "={}"
            })
    void whatIsNoAndroidAppIsRefusedAndNamesNone(String pattern) {
        String wrong = pattern.replace("{}", FINGERPRINT);

        assertThat(PhoneApps.flawOfAndroid(wrong)).isPresent();
        assertThat(PhoneApps.flawOfAndroid("com.example.bank=" + FINGERPRINT + "##" + wrong))
                .hasValueSatisfying(flaw -> assertThat(flaw).doesNotContain(":"));
        assertThat(PhoneApps.of(wrong, "").android()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.example.bank",
                "ABCDE12345",
                "ABCDE12345.",
                "abcde12345.com.example",
                "ABCDE12345.com.example.*",
                "ABCDE12345.com..example",
                "ABCDE12345.com.example\"bank"
            })
    void whatIsNoIosAppIsRefusedAndNamesNone(String wrong) {
        assertThat(PhoneApps.flawOfIos(wrong))
                .hasValueSatisfying(flaw -> assertThat(flaw).doesNotContain(":"));
        assertThat(PhoneApps.of("", wrong).ios()).isEmpty();
    }

    @Test
    void thereIsABoundToBoth() {
        String twentyOne = IntStream.range(0, 21)
                .mapToObj(number -> "ABCDE12345.com.example.app" + number)
                .collect(Collectors.joining("##"));

        assertThat(PhoneApps.flawOfIos(twentyOne)).isPresent();
        assertThat(PhoneApps.of("", twentyOne).ios()).hasSize(20);
        assertThat(PhoneApps.flawOfIos("ABCDE12345." + "a".repeat(156))).isPresent();
        assertThat(PhoneApps.flawOfIos("ABCDE12345." + "a".repeat(155))).isEmpty();
    }
}

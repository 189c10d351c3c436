package io.assent.rules;

import io.assent.rules.ConsentRules.BindingMessage;
import io.assent.rules.ConsentRules.SigningKey;
import io.assent.rules.ConsentRules.UserCode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rules that there are, in the order in which the console shows them. */
final class RuleBook {

    private static final int MOST_DAYS = 3_650;
    private static final int MOST_REQUESTS = 1_000;
    private static final int MOST_IN_A_MINUTE = 100_000;
    private static final int MOST_SECONDS = 86_400;

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    /** A name of the realm's own, or a URI. */
    private static final Pattern ACR = Pattern.compile("[!-~]{1,255}");

    /** Delegated Regulation (EU) 2018/389 (RTS), article 10: access lasts 180 days at the most. */
    static final Rule<Duration> VALIDITY = time(
            "validity-days",
            "Longest validity, in days",
            "The longest time to live of a consent, from 1 to 3650. Empty: 180.",
            ChronoUnit.DAYS,
            MOST_DAYS,
            Duration.ofDays(180));

    static final Rule<Optional<Duration>> CONFIRM_EVERY = orNone(
            "confirm-every-days",
            "Confirmation interval, in days",
            "The time for which a confirmation by the customer is valid, from 1 to 3650. After it"
                    + " the client gets no tokens until the customer confirms the consent. Empty: no"
                    + " confirmation is needed.",
            ChronoUnit.DAYS,
            1,
            MOST_DAYS);

    /** Who is asked sooner has more time to say no. */
    static final Rule<Duration> CONFIRM_NOTICE = new Rule<>(
            "confirm-notice-days",
            "Confirmation notice, in days",
            "The time before the end of a confirmation at which the customer is asked for the next"
                    + " one. Empty: 14.",
            List.of(),
            times(ChronoUnit.DAYS, 1, MOST_DAYS),
            Duration.ofDays(1),
            Duration.ofDays(14),
            BinaryOperator.maxBy(Comparator.naturalOrder()));

    static final Rule<Integer> PENDING_FOR_CUSTOMER = count(
            "pending-requests-for-customer",
            "Pending requests for one customer",
            "The largest number of pending requests of the client for one customer, from 1 to 1000. Empty: 3.",
            MOST_REQUESTS,
            3);

    static final Rule<Integer> PENDING_OF_CUSTOMER = count(
            "pending-requests-of-all-clients",
            "Pending requests for one customer, of all clients",
            "The largest number of pending requests of all clients for one customer when this"
                    + " client asks, from 1 to 1000. Empty: 10.",
            MOST_REQUESTS,
            10);

    static final Rule<Integer> PAUSE_AFTER = count(
            "pause-after",
            "Pause after denials in a row",
            "The number of requests in a row that a customer denied or that expired, after which"
                    + " the client has to wait, from 1 to 1000; above 64 it never has to. Empty: 2.",
            MOST_REQUESTS,
            2);

    static final Rule<Duration> FIRST_PAUSE = longer(
            "first-pause-seconds",
            "First pause, in seconds",
            "The time for which the client then can't ask this customer, from 1 to 86400. Each"
                    + " further denial doubles it. Empty: 60.",
            Duration.ofMinutes(1));

    static final Rule<Duration> LONGEST_PAUSE = longer(
            "longest-pause-seconds",
            "Longest pause, in seconds",
            "The largest pause, from 1 to 86400. Empty: 86400, a day.",
            Duration.ofDays(1));

    static final Rule<Integer> PER_MINUTE = count(
            "requests-per-minute",
            "Requests in a minute",
            "The largest number of requests of the client in a minute, for all customers together,"
                    + " from 1 to 100000. Empty: 300.",
            MOST_IN_A_MINUTE,
            300);

    static final Rule<BindingMessage> BINDING_MESSAGE = choice(
            "binding-message",
            "Binding message required",
            "The requests for which the client must send a binding_message: always, one-time"
                    + " (requests for a permission or a detail that is valid for one token) or never. Empty: one-time.",
            BindingMessage.class,
            BindingMessage.ONE_TIME);

    static final Rule<UserCode> USER_CODE = choice(
            "user-code",
            "User code required",
            "The customers for whom the client must send the user_code: always (customers without a"
                    + " code can't be asked), if-set (customers with a code) or never. Empty: if-set.",
            UserCode.class,
            UserCode.IF_SET);

    static final Rule<Duration> LONGEST_EXPIRY = new Rule<>(
            "longest-expiry-seconds",
            "Longest requested_expiry, in seconds",
            "The longest time to live that the client can ask for with a request, from 30 to 86400." + " Empty: 300.",
            List.of(),
            times(ChronoUnit.SECONDS, 30, MOST_SECONDS),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            BinaryOperator.minBy(Comparator.naturalOrder()));

    static final Rule<Set<String>> LOWEST_ACR = acr(
            "decision-acr",
            "Lowest acr for a decision",
            "The level of login that the customer needs to decide the client's requests: a value"
                    + " that the realm or the app's client maps to a level of authentication, or a level."
                    + " Empty: any.");

    static final Rule<Optional<Duration>> OLDEST_LOGIN = orNone(
            "decision-max-age-seconds",
            "Oldest login for a decision, in seconds",
            "The greatest age of the customer's login to decide the client's requests, from 1 to"
                    + " 86400. Empty: any age.",
            ChronoUnit.SECONDS,
            1,
            MOST_SECONDS);

    static final Rule<Optional<SignatureDemand>> SIGNATURE = new Rule<>(
            "decision-signature",
            "Signature of an approval",
            "The signature that an approval of the client's requests needs: none, key (of the"
                    + " device in the app, a passkey in the browser) or key+user-verification (after a"
                    + " finger, face or PIN). Empty: key+user-verification for authorization details and"
                    + " permissions that are valid for one act, such as a payment; none for all others.",
            Stream.of(SignatureDemand.values()).map(SignatureDemand::word).toList(),
            text -> SignatureDemand.of(text).map(Optional::of),
            Optional.of(SignatureDemand.KEY_AND_USER_VERIFICATION),
            Optional.empty(),
            (one, other) -> Stream.of(one, other).flatMap(Optional::stream).max(Comparator.naturalOrder()));

    static final Rule<SigningKey> SIGNING_KEY = choice(
            "signing-key",
            "Key that signs decisions",
            "The key of the app that can sign a decision on the client's requests, if a signature"
                    + " is needed: any, or attested (the phone's maker vouches that the key is stored in"
                    + " hardware). Empty: any.",
            SigningKey.class,
            SigningKey.ANY);

    /** Delegated Regulation (EU) 2018/389 (RTS), article 24: a customer gets a key by strong authentication. */
    static final Rule<Set<String>> ENROLMENT_ACR = acr(
            "enrolment-acr",
            "Lowest acr to enrol a key",
            "For the bank's own app: the level of login that the customer needs to give a key to a"
                    + " device that has none: a value that the realm or the app's client maps to a level of"
                    + " authentication, or a level. Empty: any.");

    static final Rule<Duration> ENROLMENT_LOGIN = time(
            "enrolment-max-age-seconds",
            "Oldest login to enrol a key, in seconds",
            "For the bank's own app: the greatest age of the customer's login to give a key to a"
                    + " device that has none, from 1 to 86400. Empty: 600.",
            ChronoUnit.SECONDS,
            MOST_SECONDS,
            Duration.ofMinutes(10));

    static final Rule<Duration> REPEAT_REDEMPTION = new Rule<>(
            "repeat-redemption-seconds",
            "Repeated redemption, in seconds",
            "The time after its tokens were issued in which the client can fetch new ones in their"
                    + " place, because the answer was lost, from 0 to 60. Empty: 0, not at all.",
            List.of(),
            times(ChronoUnit.SECONDS, 0, 60),
            Duration.ZERO,
            Duration.ZERO,
            BinaryOperator.minBy(Comparator.naturalOrder()));

    static final Rule<CodeBack> CODE_BACK = new Rule<>(
            "code-back",
            "Digits from the app into the browser",
            "Whether the customer, after approving a login in the app, types digits that the app"
                    + " shows into the browser: always or never. Empty: for one-time permissions, for"
                    + " authorization details, and if app and browser are not known to be in one network."
                    + " Never if the app returns to the browser of its own phone.",
            List.of(CodeBack.NEVER.word(), CodeBack.ALWAYS.word()),
            CodeBack::of,
            CodeBack.ALWAYS,
            CodeBack.BY_RISK,
            BinaryOperator.maxBy(Comparator.naturalOrder()));

    static final List<Rule<?>> ALL = List.of(
            VALIDITY,
            CONFIRM_EVERY,
            CONFIRM_NOTICE,
            PENDING_FOR_CUSTOMER,
            PENDING_OF_CUSTOMER,
            PAUSE_AFTER,
            FIRST_PAUSE,
            LONGEST_PAUSE,
            PER_MINUTE,
            BINDING_MESSAGE,
            USER_CODE,
            LONGEST_EXPIRY,
            LOWEST_ACR,
            OLDEST_LOGIN,
            SIGNATURE,
            SIGNING_KEY,
            ENROLMENT_ACR,
            ENROLMENT_LOGIN,
            REPEAT_REDEMPTION,
            CODE_BACK);

    static Optional<Rule<?>> find(String name) {
        return ALL.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }

    private static Rule<Integer> count(String name, String label, String help, int most, int byDefault) {
        return new Rule<>(
                name,
                label,
                help,
                List.of(),
                text -> number(text, 1, most),
                1,
                byDefault,
                BinaryOperator.minBy(Comparator.naturalOrder()));
    }

    /** All that are set have to be reached. */
    private static Rule<Set<String>> acr(String name, String label, String help) {
        return new Rule<>(
                name,
                label,
                help,
                List.of(),
                text -> Optional.of(text).filter(ACR.asMatchPredicate()).map(Set::of),
                // no login is at a level that is none
                Set.of(""),
                Set.of(),
                (one, other) -> Stream.of(one, other).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet()));
    }

    private static Rule<Duration> time(
            String name, String label, String help, TemporalUnit unit, int most, Duration byDefault) {
        return new Rule<>(
                name,
                label,
                help,
                List.of(),
                times(unit, 1, most),
                Duration.of(1, unit),
                byDefault,
                BinaryOperator.minBy(Comparator.naturalOrder()));
    }

    /** Of two pauses the longer one is the stricter. */
    private static Rule<Duration> longer(String name, String label, String help, Duration byDefault) {
        return new Rule<>(
                name,
                label,
                help,
                List.of(),
                times(ChronoUnit.SECONDS, 1, MOST_SECONDS),
                Duration.ofSeconds(MOST_SECONDS),
                byDefault,
                BinaryOperator.maxBy(Comparator.naturalOrder()));
    }

    private static Rule<Optional<Duration>> orNone(
            String name, String label, String help, TemporalUnit unit, int least, int most) {
        Function<String, Optional<Duration>> times = times(unit, least, most);
        return new Rule<>(
                name,
                label,
                help,
                List.of(),
                text -> times.apply(text).map(Optional::of),
                Optional.of(Duration.of(1, unit)),
                Optional.empty(),
                (one, other) -> Stream.of(one, other).flatMap(Optional::stream).min(Comparator.naturalOrder()));
    }

    /** One of an enum's values, of which a later one is stricter than an earlier one. */
    private static <E extends Enum<E>> Rule<E> choice(
            String name, String label, String help, Class<E> values, E byDefault) {
        List<E> all = List.of(values.getEnumConstants());
        return new Rule<>(
                name,
                label,
                help,
                all.stream().map(RuleBook::inWords).toList(),
                text -> all.stream()
                        .filter(value -> inWords(value).equals(text))
                        .findFirst(),
                all.get(all.size() - 1),
                byDefault,
                BinaryOperator.maxBy(Comparator.naturalOrder()));
    }

    private static Function<String, Optional<Duration>> times(TemporalUnit unit, int least, int most) {
        return text -> number(text, least, most).map(amount -> Duration.of(amount, unit));
    }

    private static Optional<Integer> number(String text, int least, int most) {
        return Optional.of(text)
                .filter(NUMBER.asMatchPredicate())
                .map(Integer::parseInt)
                .filter(number -> number >= least && number <= most);
    }

    private static String inWords(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private RuleBook() {}
}

package io.assent.sandbox.load;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What is played, where, and how fast.
 *
 * @param realm the realm's URL, as {@code http://localhost:8080/realms/bank}
 * @param customers who are asked, 1 to {@value #MOST_CUSTOMERS}
 * @param rate how many journeys begin in a second, 1 to {@value #MOST_RATE}
 * @param time for how long journeys begin, up to {@value #MOST_MINUTES} minutes; empty for one journey of each customer
 * @param seed of the customers, 0 to {@value #MOST_SEED}
 */
record Plan(URI realm, int customers, int rate, Optional<Duration> time, int seed) {

    /** Half of those that a realm of the sandbox has at the most. */
    static final int MOST_CUSTOMERS = 1_000;

    static final int MOST_RATE = 50;
    static final int MOST_MINUTES = 30;

    /** With the seeds that follow, there are customers enough. */
    static final int MOST_SEED = 999_900;

    /** Within the 300 questions a minute that a client may ask. */
    private static final int USUAL_RATE = 4;

    private static final int USUAL_SEED = 900_000;

    /** What was asked for. */
    sealed interface Reading {

        record Sound(Plan plan) implements Reading {}

        /** @param why what is wrong with it, in words for a developer */
        record Refused(String why) implements Reading {}
    }

    /**
     * Reads {@code <realm's URL> <customers> [--rate N] [--minutes M] [--seed N] [--remote]}. Without {@code --remote}
     * the server has to be on this machine.
     */
    static Reading read(List<String> arguments) {
        try {
            return new Reading.Sound(parse(arguments.iterator()));
        } catch (Complaint complaint) {
            return new Reading.Refused(complaint.getMessage());
        }
    }

    private static Plan parse(Iterator<String> words) {
        URI realm = uri(next(words, "the realm's URL"));
        int customers = number("--load", next(words, "a number of customers"), 1, MOST_CUSTOMERS);
        int rate = USUAL_RATE;
        int seed = USUAL_SEED;
        Optional<Duration> time = Optional.empty();
        boolean remote = false;
        while (words.hasNext()) {
            String option = words.next();
            switch (option) {
                case "--rate" -> rate = number(option, next(words, option), 1, MOST_RATE);
                case "--minutes" ->
                    time = Optional.of(Duration.ofMinutes(number(option, next(words, option), 1, MOST_MINUTES)));
                case "--seed" -> seed = number(option, next(words, option), 0, MOST_SEED);
                case "--remote" -> remote = true;
                default -> throw new Complaint("unknown option " + option);
            }
        }
        if (!remote && !isOnThisMachine(realm.getHost())) {
            throw new Complaint(realm.getHost() + " is not this machine. Load on another one needs --remote, and the"
                    + " permission of whoever runs it");
        }
        return new Plan(realm, customers, rate, time, seed);
    }

    private static String next(Iterator<String> words, String what) {
        if (!words.hasNext()) {
            throw new Complaint(what + " is missing");
        }
        return words.next();
    }

    private static int number(String what, String text, int least, int most) {
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new Complaint(what + " takes a whole number from " + least + " to " + most + ", not '" + text + "'");
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isWeb && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException notOne) {
            // said below
        }
        throw new Complaint("the server's address is a URL as http://localhost:8080");
    }

    private static boolean isOnThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static final class Complaint extends RuntimeException {

        private static final long serialVersionUID = 1;

        private Complaint(String why) {
            super(why, null, false, false);
        }
    }
}

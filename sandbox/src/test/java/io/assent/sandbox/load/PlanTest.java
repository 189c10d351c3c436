package io.assent.sandbox.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.sandbox.load.Plan.Reading;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

    private static final String REALM = "http://localhost:8080/realms/bank";

    @Test
    void whatIsNotSaidIsWithinWhatAClientMayAsk() {
        Plan plan = sound(REALM + " 20");

        assertThat(plan.realm()).isEqualTo(URI.create(REALM));
        assertThat(plan.customers()).isEqualTo(20);
        assertThat(plan.rate() * 60).isLessThanOrEqualTo(300);
        assertThat(plan.time()).isEmpty();
    }

    @Test
    void allCanBeSaid() {
        assertThat(sound("https://bank.example/realms/r 1000 --rate 50 --minutes 30 --seed 7 --remote"))
                .isEqualTo(new Plan(
                        URI.create("https://bank.example/realms/r"),
                        1_000,
                        50,
                        Optional.of(Duration.ofMinutes(30)),
                        7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|the realm's URL is missing",
                "http://localhost:8080/realms/bank|a number of customers is missing",
                "localhost:8080 20|the server's address is a URL",
                "ftp://localhost/realms/bank 20|the server's address is a URL",
                "http://me:secret@localhost/realms/bank 20|the server's address is a URL",
                "http://localhost:8080/realms/bank 0|--load takes a whole number from 1 to 1000, not '0'",
                "http://localhost:8080/realms/bank 10000|--load takes a whole number from 1 to 1000, not '10000'",
                "http://localhost:8080/realms/bank many|--load takes a whole number from 1 to 1000, not 'many'",
                "http://localhost:8080/realms/bank 20 --rate|--rate is missing",
                "http://localhost:8080/realms/bank 20 --rate 51|--rate takes a whole number from 1 to 50, not '51'",
                "http://localhost:8080/realms/bank 20 --minutes 31|--minutes takes a whole number from 1 to 30",
                "http://localhost:8080/realms/bank 20 --quick|unknown option --quick",
                "http://192.0.2.1/realms/bank 20|192.0.2.1 is not this machine."
            })
    void whatIsTooMuchOrWrongIsRefusedInWords(String arguments, String why) {
        assertThat(read(arguments)).isInstanceOfSatisfying(Reading.Refused.class, refused -> assertThat(refused.why())
                .startsWith(why));
    }

    private static Plan sound(String arguments) {
        return ((Reading.Sound) read(arguments)).plan();
    }

    private static Reading read(String arguments) {
        return Plan.read(arguments.isEmpty() ? List.of() : List.of(arguments.split(" ")));
    }
}

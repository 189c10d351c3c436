package io.assent.rest.admin.change;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.following.Forecast;
import io.assent.permission.change.Outcome;
import io.assent.rest.Cursor;

/**
 * How many consents would come to what; each is counted once.
 *
 * @param next the cursor of the rest, or {@code null} where these were the last
 */
@JsonInclude
record ForecastView(int unchanged, int mapped, int waiting, int needsCustomer, int loses, int ends, String next) {

    static ForecastView of(Forecast forecast) {
        return new ForecastView(
                forecast.count(Outcome.UNCHANGED),
                forecast.count(Outcome.MAPPED),
                forecast.count(Outcome.WAITING),
                forecast.count(Outcome.NEEDS_CUSTOMER),
                forecast.count(Outcome.LOSES),
                forecast.count(Outcome.ENDS),
                forecast.next().map(Cursor::of).orElse(null));
    }
}

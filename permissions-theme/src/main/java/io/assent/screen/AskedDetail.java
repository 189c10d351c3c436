package io.assent.screen;

import io.assent.detail.DetailRow;
import io.assent.detail.ShownDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An authorization detail on a consent page, as its template reads it.
 *
 * @param headline what the customer must not miss, as amount and payee of a payment
 * @param rows the rest of what it says
 * @param accounts which accounts it is about, or {@code null}
 */
public record AskedDetail(List<DetailRow> headline, List<DetailRow> rows, AccountQuestion accounts) {

    public AskedDetail {
        headline = List.copyOf(headline);
        rows = List.copyOf(rows);
    }

    /** @param chosen the ids of accounts that were chosen, by the place of their detail */
    static List<AskedDetail> of(List<ShownDetail> details, Map<Integer, Set<String>> chosen) {
        List<AskedDetail> all = new ArrayList<>();
        for (ShownDetail detail : details) {
            int place = all.size();
            all.add(new AskedDetail(
                    rows(detail, true),
                    rows(detail, false),
                    detail.choice()
                            .flatMap(choice -> AccountQuestion.of(place, choice, chosen.getOrDefault(place, Set.of())))
                            .orElse(null)));
        }
        return all;
    }

    private static List<DetailRow> rows(ShownDetail detail, boolean headline) {
        return detail.rows().stream()
                .filter(row -> headline == (row.emphasis() == DetailRow.HEADLINE))
                .toList();
    }
}

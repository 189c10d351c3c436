package io.assent.screen;

import io.assent.detail.Detail;
import io.assent.detail.ShownDetail;
import io.assent.text.Texts;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a consent page calls what is asked for: by the keys of messages. A bank words its own types of authorization
 * details in the console.
 *
 * @param title of what says who asks, with the client's name in it
 * @param approve of the button that approves
 */
public record Wording(String title, String approve) {

    private static final Wording USUAL = new Wording("consent.screen.title", "consent.screen.approve");

    private static final Wording ONCE = new Wording("consent.screen.title.once", "consent.screen.approve.once");

    private static final String TITLE_OF_TYPE = "consent.screen.title.of.";

    private static final String APPROVE_OF_TYPE = "consent.screen.approve.of.";

    static Wording usual() {
        return USUAL;
    }

    /**
     * @param besides whether permissions are asked for with the details, which are not what the request is called by
     */
    static Wording of(List<ShownDetail> details, boolean besides, Texts texts) {
        boolean once = details.stream().anyMatch(ShownDetail::oneTime);
        Set<String> types =
                details.stream().map(ShownDetail::detail).map(Detail::type).collect(Collectors.toSet());
        Wording wording = once ? ONCE : USUAL;
        return types.size() == 1 && (once || !besides)
                ? wording.of(types.iterator().next(), texts)
                : wording;
    }

    private Wording of(String type, Texts texts) {
        return new Wording(
                texts.find(TITLE_OF_TYPE + type)
                        .map(found -> TITLE_OF_TYPE + type)
                        .orElse(title),
                texts.find(APPROVE_OF_TYPE + type)
                        .map(found -> APPROVE_OF_TYPE + type)
                        .orElse(approve));
    }
}

package io.assent.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assent.permission.RequestedPermissions.Selection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestedPermissionsTest {

    private final RequestedPermissions selectable = asked(true, "accounts.details", "accounts.balances", "identity");
    private final RequestedPermissions whole = asked(false, "accounts.details", "accounts.balances", "identity");

    /** The first one is required. */
    private static RequestedPermissions asked(boolean selectable, String... names) {
        return new RequestedPermissions(new LinkedHashSet<>(List.of(names)), Set.of(names[0]), selectable);
    }

    @Test
    void noSelectionGrantsAllWhereThereIsNothingToChoose() {
        assertThat(selectable.select(Optional.empty()))
                .isInstanceOfSatisfying(Selection.Refused.class, refused -> assertThat(refused.flaw())
                        .isEqualTo(Selection.Flaw.NOT_SAID));
        RequestedPermissions required = asked(true, "accounts.details");
        assertThat(required.select(Optional.empty())).isEqualTo(new Selection.Granted(required.asked()));
        assertThat(whole.select(Optional.empty())).isEqualTo(new Selection.Granted(whole.asked()));
    }

    @Test
    void aPartIsGrantedWhereTheCustomerMaySelect() {
        Set<String> part = Set.of("accounts.details", "identity");

        assertThat(selectable.select(Optional.of(part))).isEqualTo(new Selection.Granted(part));
    }

    @Test
    void aPartIsRefusedWhereItIsAllOrNothing() {
        assertThat(whole.select(Optional.of(Set.of("accounts.details", "identity"))))
                .isInstanceOf(Selection.Refused.class);
        assertThat(whole.select(Optional.of(whole.asked()))).isEqualTo(new Selection.Granted(whole.asked()));
    }

    @Test
    void nothingIsNotASelection() {
        assertThat(selectable.select(Optional.of(Set.of()))).isInstanceOf(Selection.Refused.class);
    }

    @Test
    void accessThatGoesOnWithoutTheCustomerIsNotASelectionByItself() {
        RequestedPermissions offline = asked(true, "offline_access", "accounts.balances");

        assertThat(offline.select(Optional.of(Set.of("offline_access"))))
                .isInstanceOfSatisfying(Selection.Refused.class, refused -> assertThat(refused.flaw())
                        .isEqualTo(Selection.Flaw.NOTHING_SELECTED));
        assertThat(offline.select(Optional.of(offline.asked()))).isEqualTo(new Selection.Granted(offline.asked()));
        RequestedPermissions alone = asked(true, "offline_access");
        assertThat(alone.select(Optional.of(alone.asked()))).isEqualTo(new Selection.Granted(alone.asked()));
        assertThat(alone.select(Optional.of(Set.of()))).isInstanceOf(Selection.Refused.class);
    }

    @Test
    void whatWasNotAskedForIsRefusedAndNamed() {
        assertThat(selectable.select(Optional.of(Set.of("accounts.details", "payments"))))
                .isInstanceOfSatisfying(Selection.Refused.class, refused -> assertThat(refused.reason())
                        .contains("payments"));
    }

    @Test
    void aRequiredPermissionCantBeLeftOut() {
        assertThat(selectable.select(Optional.of(Set.of("identity"))))
                .isInstanceOfSatisfying(Selection.Refused.class, refused -> assertThat(refused.reason())
                        .contains("accounts.details"));
    }

    @Test
    void aRequestForNoPermissionCanBeApproved() {
        RequestedPermissions none = new RequestedPermissions(Set.of(), Set.of(), true);

        assertThat(none.select(Optional.empty())).isEqualTo(new Selection.Granted(Set.of()));
        assertThat(none.select(Optional.of(Set.of()))).isEqualTo(new Selection.Granted(Set.of()));
    }

    @Test
    void narrowingTakesOutWhatWasNotGrantedAndPassesTheRestThrough() {
        String scope = "openid accounts.details accounts.balances profile-claims identity";

        assertThat(selectable.narrow(scope, Set.of("accounts.details")))
                .isEqualTo("openid accounts.details profile-claims");
        assertThat(selectable.narrow(scope, Set.of())).isEqualTo("openid profile-claims");
    }

    @Test
    void aRequiredPermissionIsOneThatWasAskedFor() {
        assertThatThrownBy(() -> new RequestedPermissions(Set.of("a"), Set.of("b"), true))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

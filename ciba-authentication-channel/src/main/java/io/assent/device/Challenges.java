package io.assent.device;

import io.assent.server.Customer;

/** The challenges that keys which are new to a device have to sign. */
interface Challenges {

    /** Whether it was made for this device, is not too old, and gave it no key yet. */
    boolean stands(Customer customer, String deviceId, String challenge);

    /** It gave the device a key: it stands no longer, once that is committed. */
    void spend(String challenge);
}

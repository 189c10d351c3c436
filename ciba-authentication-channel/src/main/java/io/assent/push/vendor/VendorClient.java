package io.assent.push.vendor;

import io.assent.push.PushSender;

/** A vendor's SDK, set up. Holds connections and threads until it is closed. */
public interface VendorClient extends AutoCloseable {

    PushSender sender();

    @Override
    void close();
}

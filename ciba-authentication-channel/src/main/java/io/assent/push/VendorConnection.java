package io.assent.push;

/** A vendor's SDK, set up. Holds connections and threads until it is closed. */
public interface VendorConnection extends AutoCloseable {

    PushSender sender();

    @Override
    void close();
}

package io.assent.server;

/** The names of this machine in URLs: what goes there does not leave it. */
public final class Loopback {

    /** @param host of a URL; an IPv6 address in its brackets */
    public static boolean isHost(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    private Loopback() {}
}

package io.assent.testing.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between two processes of this machine, which can be unplugged. While it is, nothing passes in either
 * direction, and nobody is told: connections stay open, and new ones are taken and lead nowhere, as behind a switch
 * that lost its power. When it is plugged in again, everything that was under way arrives.
 */
public final class Cable implements AutoCloseable {

    private final ServerSocket near;
    private final int far;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private boolean unplugged;

    /** Leads from a free port to another one. */
    Cable(int far) {
        this.far = far;
        try {
            near = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        inBackground(this::accept);
    }

    int port() {
        return near.getLocalPort();
    }

    public synchronized void unplug() {
        unplugged = true;
    }

    public synchronized void plugIn() {
        unplugged = false;
        notifyAll();
    }

    @Override
    public void close() {
        close(near);
        ends.forEach(Cable::close);
        plugIn();
    }

    private void accept() {
        while (!near.isClosed()) {
            try {
                Socket here = near.accept();
                inBackground(() -> connect(here));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket here) {
        ends.add(here);
        awaitPlug();
        try {
            Socket there = new Socket(InetAddress.getLoopbackAddress(), far);
            ends.add(there);
            inBackground(() -> pass(here, there));
            pass(there, here);
        } catch (IOException nobodyThere) {
            hangUp(here);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[16384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitPlug();
                out.write(buffer, 0, read);
            }
        } catch (IOException broken) {
            // told to the other end below
        }
        awaitPlug();
        hangUp(from);
        hangUp(to);
    }

    private synchronized void awaitPlug() {
        while (unplugged) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private void hangUp(Socket socket) {
        ends.remove(socket);
        close(socket);
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

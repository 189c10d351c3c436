package io.assent.benchmark.load;

import java.io.IOException;

/** How a customer takes back what a third party may do, on one side. */
public interface Withdrawal {

    /** Leaves the customers with nothing to take back, as fast as it goes. Not measured. */
    void clear() throws IOException;

    /** Shows a customer what there is to take back. */
    void list(Connection connection, int customer) throws IOException;

    /** Takes it back. */
    void withdraw(Connection connection, Granted granted) throws IOException;
}

package io.assent.request;

import io.assent.block.Block;
import io.assent.block.BlockStore;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Blocks without a database. */
final class BlocksInMemory implements BlockStore {

    private final Map<Parties, Block> rows = new LinkedHashMap<>();

    @Override
    public boolean add(Block block) {
        Block before = rows.get(block.parties());
        if (before == null || block.reported()) {
            rows.put(block.parties(), block);
        }
        return before == null;
    }

    @Override
    public boolean remove(Parties parties) {
        return rows.remove(parties) != null;
    }

    @Override
    public boolean contains(Parties parties) {
        return rows.containsKey(parties);
    }

    @Override
    public List<Block> list(Customer customer, Optional<Position> after, int max) {
        return rows.values().stream()
                .filter(block -> block.parties().customer().equals(customer))
                .toList();
    }

    @Override
    public void removeAll(String realmId) {
        throw new UnsupportedOperationException("nothing is removed here");
    }

    @Override
    public void removeAll(Customer customer) {
        throw new UnsupportedOperationException("nothing is removed here");
    }

    @Override
    public void removeAll(String realmId, String clientId) {
        throw new UnsupportedOperationException("nothing is removed here");
    }

    @Override
    public void close() {}
}

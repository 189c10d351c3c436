// The balances of accounts that the customer chooses: as a TPP asks for them (RFC 9396), and as it reads them.

import { callBank } from "./tpp-bank.js";

const TYPE = "account_information";
const READ = "read_balances";

/** The authorization_details of balances; of which accounts, the customer says. */
export const balancesDetails = () => JSON.stringify([{ type: TYPE, actions: [READ] }]);

/** The ids of the accounts whose balances a token is good for. */
export const readableAccounts = (claims) =>
  (claims.authorization_details ?? [])
    .filter(({ type, actions }) => type === TYPE && actions.includes(READ))
    .flatMap(({ accounts }) => (accounts ?? []).map(({ id }) => id));

/**
 * Reads the balance of an account.
 *
 * @param wire told of the exchange
 * @return as text
 */
export async function balance(token, account, wire) {
  const { balances } = await callBank(token, `accounts/${encodeURIComponent(account)}/balances`, null, wire);
  return balances.map(({ amount, currency }) => `${amount} ${currency}`).join(", ");
}

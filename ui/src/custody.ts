/** Coins over made-up chains: what the wallet's page asks of the venue. */

import {
  call,
  type ChainDepositRow,
  type ChainWithdrawalBody,
  type ChainWithdrawalRow,
  type ChainCodeBody,
  type CodeMessage,
  type Done,
  type EntryBody,
  type EntryRow,
  type MessageReply,
  type MessageRow,
  type NetworkRow,
  type PlaceRow,
  type SendBody,
  type SentReply,
  type VerdictBody,
  type WalletReply,
} from "./api";

const quoted = encodeURIComponent;

export const custody = {
  networks: () => call<NetworkRow[]>("GET", "/custody/networks"),
  place: (network: string) => call<PlaceRow>("POST", "/custody/addresses", { network }),
  deposits: () => call<ChainDepositRow[]>("GET", "/custody/deposits"),
  book: () => call<EntryRow[]>("GET", "/custody/book"),
  keep: (body: EntryBody) => call<EntryRow>("POST", "/custody/book", body),
  forget: (name: string) => call<Done>("DELETE", `/custody/book/${quoted(name)}`),
  withdrawals: () => call<ChainWithdrawalRow[]>("GET", "/custody/withdrawals"),
  code: (body: ChainCodeBody) => call<CodeMessage>("POST", "/custody/withdrawals/code", body),
  withdraw: (body: ChainWithdrawalBody) =>
    call<ChainWithdrawalRow>("POST", "/custody/withdrawals", body),
  cancel: (id: number) => call<ChainWithdrawalRow>("DELETE", `/custody/withdrawals/${id}`),
  wallet: (words: string) => call<WalletReply>("POST", "/custody/wallet", { words }),
  messages: () => call<MessageRow[]>("GET", "/custody/messages"),
  judge: (id: string, body: VerdictBody) =>
    call<MessageReply>("POST", `/custody/messages/${quoted(id)}`, body),
  send: (body: SendBody) => call<SentReply>("POST", "/custody/wallet/send", body),
};

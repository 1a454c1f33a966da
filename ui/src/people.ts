/** What people ask about themselves and their classes. All of it lies in the main world. */

import type {
  ClassGone,
  ClassInfo,
  ClassList,
  ClassPage,
  CodeStart,
  KeyGone,
  KeyInfo,
  KeyRow,
  PersonInfo,
  SignedOut,
  SignInBody,
  SignUpBody,
} from "./api.gen";
import { base, call } from "./api";

export type Permission = "read" | "trade" | "transfer";

const ask = <T>(method: string, path: string, body?: unknown) =>
  call<T>(method, path, body, undefined, "");
const one = (id: string) => `/classes/${encodeURIComponent(id)}`;
const part = (id: string, kind: string, name: string) =>
  `${one(id)}/${kind}/${encodeURIComponent(name)}`;

export const people = {
  signIn: (body: SignInBody) => ask<PersonInfo>("POST", "/session", body),
  signUp: (body: SignUpBody) => ask<PersonInfo>("POST", "/people", body),
  signOut: () => ask<SignedOut>("DELETE", "/session"),

  me: () => ask<PersonInfo>("GET", "/me"),
  setRole: (role: "learner" | "trader") => ask<PersonInfo>("PATCH", "/me", { role }),
  setPassword: (password: string, new_password: string) =>
    ask<PersonInfo>("PUT", "/me/password", { password, new_password }),
  startCode: (password: string) => ask<CodeStart>("POST", "/me/code", { password }),
  confirmCode: (code: string) => ask<PersonInfo>("PUT", "/me/code", { code }),
  dropCode: (password: string) => ask<PersonInfo>("DELETE", "/me/code", { password }),

  keys: () => ask<KeyRow[]>("GET", "/keys"),
  makeKey: (permissions: Permission[]) => ask<KeyInfo>("POST", "/keys", { permissions }),
  removeKey: (id: string) => ask<KeyGone>("DELETE", `/keys/${id}`),

  classes: () => ask<ClassList>("GET", "/classes"),
  makeClass: (title: string) => ask<ClassPage>("POST", "/classes", { title }),
  join: (code: string) => ask<ClassInfo>("POST", "/classes/join", { code }),
  class: (id: string) => ask<ClassPage>("GET", one(id)),
  endClass: (id: string) => ask<ClassGone>("DELETE", one(id)),
  changeCode: (id: string) => ask<ClassPage>("POST", `${one(id)}/code`),
  remove: (id: string, name: string) => ask<ClassGone>("DELETE", part(id, "learners", name)),
  assign: (id: string, lesson: string) => ask<ClassPage>("PUT", part(id, "lessons", lesson)),
  withdraw: (id: string, lesson: string) => ask<ClassPage>("DELETE", part(id, "lessons", lesson)),
  share: (id: string, world: string) => ask<ClassPage>("PUT", part(id, "worlds", world)),
  unshare: (id: string, world: string) => ask<ClassPage>("DELETE", part(id, "worlds", world)),
};

export const classFile = (id: string, format: "csv" | "json") =>
  `${base("")}${one(id)}/export?format=${format}`;

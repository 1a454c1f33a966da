# What people are told about signing in, their account, their keys and their class.

people-no-token = Open the URL that `longshore` printed.
people-not-signed-in = Sign in first.
people-forged = This change did not come from a page of this venue. Load the page again.

## What somebody may not do

people-needs-trader = This is for the trader role. Change your role on the account page.
people-needs-teacher = This is for teachers. The operator of this venue gives that role.
people-needs-world = This changes the world for everybody in it. Only whoever owns the world may.
people-needs-auditor = An auditor of this venue sees everything and changes nothing.
people-needs-operator = This is for the operator of this venue.

## Signing in and up

people-wrong = Name or password is wrong. Check both and try again.
people-code-needed = Type the one-time code that your authenticator shows now.
people-code-wrong = This code is wrong or used. Wait for the next one and type it.
people-too-many = There were too many tries. Wait { $minutes } minutes, then try again.
    .pro = Too many tries; wait { $minutes } min.
people-name-form = A name has 3 to 32 small letters, digits, dots, dashes or underscores, and begins with a letter.
people-name-taken = Somebody has this name. Choose another.
people-password-short = A password has at least 10 characters. Make it longer.
people-password-long = A password has at most 200 characters. Make it shorter.
people-password-plain = This password is easy to guess: it repeats few characters or has your name in it. Choose another.

## One's own account

people-wrong-own = This is not your password. Check it and try again.
people-not-a-person = The operator's token has no account page. Sign in as a person.
people-role-given = The operator of this venue gave you this role. Only the operator changes it.
people-role-learner = As a learner you have lessons, drills, the market and worlds of your own.
people-role-trader = As a trader you also have API keys, for programs that trade with practice money.
people-role-teacher = As a teacher you also have classes, and worlds that you share with them.
people-role-operator = As an operator you run this venue and see everything in it.
people-role-auditor = As an auditor you see everything in this venue and change nothing: you do not trade here either.
people-auditor-trades = An auditor has nothing at stake. First this person's positions are closed, orders cancelled and API keys removed.
people-private = Other people do not see your orders, worlds, plans and keys. A teacher whose class you join sees your progress in its lessons.
people-code-on = One-time codes are on already. Switch them off first.
people-code-not-started = Begin with a new secret, then type a code of it.
people-key-permissions = A key may do something: choose at least one.
people-key-many = You have { $most } keys. Remove one first.
    .pro = At most { $most } keys.
people-worlds-many = You have { $most } worlds. Delete one first.
    .pro = At most { $most } worlds.

## Classes

class-title = A class has a title of 1 to { $most } characters.
    .pro = Title: 1 to { $most } characters.
class-many = You have { $most } classes. End one first.
    .pro = At most { $most } classes.
class-join = Your teacher has a code for you. Type it here to join the class.
class-code-unknown = No class has this code. Ask your teacher for it and type it again.
class-own = This class is your own, or you are not signed in as a person.
class-full = This class has { $most } learners. Ask your teacher.
    .pro = At most { $most } learners.
class-code = Give this code to your learners. Whoever has it can join.
class-seen = You see levels and their evidence in the lessons of this class. You do not see money, orders or worlds.

## Reserves

reserves-not-counted = Your account is younger than this statement, or its balances are not kept any more. The next statement is made within an hour.

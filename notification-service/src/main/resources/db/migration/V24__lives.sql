-- A scheduler's database that was restored uses version numbers again: what was noted of the lost ones is nothing to the new.

-- Which life of it described the branch; unknown until its next change.
ALTER TABLE branch ADD incarnation uuid;

-- One acknowledgement per notice remains: a version that is used again is told by a notice of its own.
ALTER TABLE acknowledgement DROP CONSTRAINT acknowledgement_once;

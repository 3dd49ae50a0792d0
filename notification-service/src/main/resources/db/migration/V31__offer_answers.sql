-- What branches answered to offers by the link in a message: the first answer counts and goes to the scheduler.

CREATE TABLE offer_answer (
    notice_id  uuid PRIMARY KEY REFERENCES notice (id),
    branch_id  uuid        NOT NULL,
    request_id uuid        NOT NULL,
    version    integer     NOT NULL CHECK (version >= 1),
    taken      boolean     NOT NULL,       -- or declined
    at         timestamptz NOT NULL
);

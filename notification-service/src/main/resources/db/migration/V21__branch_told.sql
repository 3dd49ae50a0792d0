-- Which branches a message about a version of a booking has reached, so that the scheduler is told of each once.

CREATE TABLE branch_told (
    booking_id uuid        NOT NULL,
    branch_id  uuid        NOT NULL,
    version    integer     NOT NULL CHECK (version >= 1),
    notice_id  uuid        NOT NULL,
    channel    text        NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (booking_id, branch_id, version)
);

-- Travel of a lecturer between two consecutive lectures. Its length depends on the pair, so an exclusion constraint cannot
-- express it: see R__travel.sql.

-- Converts the great-circle distance to minutes. Every process writes its configuration here when it starts.
CREATE TABLE travel_rule (
    only_one            boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    kilometres_per_hour double precision NOT NULL CHECK (kilometres_per_hour > 0),
    detour              double precision NOT NULL CHECK (detour >= 1)
);
INSERT INTO travel_rule (kilometres_per_hour, detour) VALUES (40, 1.3);

-- Pairs with known minutes, both ways: entered by people, or from a provider of travel times.
CREATE TABLE travel_time (
    -- a venue or a branch
    one_place   uuid        NOT NULL,
    other_place uuid        NOT NULL,
    version     integer     NOT NULL CHECK (version >= 1),
    minutes     integer     NOT NULL CHECK (minutes BETWEEN 0 AND 2880),
    provided    boolean     NOT NULL,
    note        text,
    updated_at  timestamptz NOT NULL,
    updated_by  text        NOT NULL,
    PRIMARY KEY (one_place, other_place),
    CHECK (one_place < other_place)
);
CREATE INDEX travel_time_by_other_place ON travel_time (other_place);

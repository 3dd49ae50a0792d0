-- Lecturers, branches, venues and topics. A code is the name that people and imports use across systems.

--
-- pinyin is what a name with Chinese characters is found by: all syllables, then their initials. The service writes it.

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- How texts are compared by a search: without regard to case (also ß and the Greek final sigma), width and composition. Queries
-- apply it to both sides, so that no second engine can fold differently.
CREATE FUNCTION search_form(written text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN normalize(casefold(normalize(written, NFKC) COLLATE pg_unicode_fast), NFKC);

CREATE TABLE topic (
    id               uuid PRIMARY KEY,
    version          integer     NOT NULL CHECK (version >= 1),
    code             text        NOT NULL CONSTRAINT topic_code_unique UNIQUE,
    title            text        NOT NULL,
    description      text,
    duration_minutes integer     NOT NULL CHECK (duration_minutes BETWEEN 5 AND 1440),
    material_url     text,
    archived         boolean     NOT NULL DEFAULT false,
    pinyin           text,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL
);

CREATE TABLE lecturer (
    id         uuid PRIMARY KEY,
    version    integer     NOT NULL CHECK (version >= 1),
    code       text        NOT NULL CONSTRAINT lecturer_code_unique UNIQUE,
    name       text        NOT NULL,
    tier       text        NOT NULL,
    zone       text        NOT NULL,
    locale     text        NOT NULL,
    address    text,
    latitude   double precision CHECK (latitude BETWEEN -90 AND 90),
    longitude  double precision CHECK (longitude BETWEEN -180 AND 180),
    -- contact data: never leaves this service; in no event and no log
    email      text,
    phone      text,
    archived   boolean     NOT NULL DEFAULT false,
    pinyin     text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CHECK ((latitude IS NULL) = (longitude IS NULL))
);

CREATE TABLE lecturer_topic (
    lecturer_id uuid NOT NULL REFERENCES lecturer,
    topic_id    uuid NOT NULL REFERENCES topic,
    PRIMARY KEY (lecturer_id, topic_id)
);
CREATE INDEX lecturer_topic_by_topic ON lecturer_topic (topic_id);

CREATE TABLE branch (
    id         uuid PRIMARY KEY,
    version    integer     NOT NULL CHECK (version >= 1),
    code       text        NOT NULL CONSTRAINT branch_code_unique UNIQUE,
    name       text        NOT NULL,
    kind       text        NOT NULL,
    parent_id  uuid REFERENCES branch,
    zone       text        NOT NULL,
    locale     text        NOT NULL,
    head_count integer CHECK (head_count >= 0),
    -- may hold several lectures at once: then only lecturers and venues must not overlap
    parallel   boolean     NOT NULL DEFAULT false,
    address    text,
    latitude   double precision CHECK (latitude BETWEEN -90 AND 90),
    longitude  double precision CHECK (longitude BETWEEN -180 AND 180),
    archived   boolean     NOT NULL DEFAULT false,
    pinyin     text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CHECK ((latitude IS NULL) = (longitude IS NULL)),
    CHECK (parent_id <> id),
    -- referenced by copies of the code, which follow its changes
    CONSTRAINT branch_id_with_code UNIQUE (id, code)
);
CREATE INDEX branch_by_parent ON branch (parent_id);

CREATE TABLE venue (
    id         uuid PRIMARY KEY,
    version    integer     NOT NULL CHECK (version >= 1),
    code       text        NOT NULL CONSTRAINT venue_code_unique UNIQUE,
    name       text        NOT NULL,
    kind       text        NOT NULL CHECK (kind IN ('branch-room', 'lecture-hall')),
    -- the branch that owns the room; a lecture hall may belong to none
    branch_id  uuid REFERENCES branch,
    capacity   integer CHECK (capacity >= 1),
    address    text,
    latitude   double precision CHECK (latitude BETWEEN -90 AND 90),
    longitude  double precision CHECK (longitude BETWEEN -180 AND 180),
    archived   boolean     NOT NULL DEFAULT false,
    pinyin     text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CHECK ((latitude IS NULL) = (longitude IS NULL)),
    CHECK (kind <> 'branch-room' OR branch_id IS NOT NULL)
);
CREATE INDEX venue_by_branch ON venue (branch_id);

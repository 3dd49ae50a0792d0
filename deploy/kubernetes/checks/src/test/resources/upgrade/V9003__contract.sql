-- Contracts: no version that reads or writes the old column may run any more.
ALTER TABLE branch DROP name;

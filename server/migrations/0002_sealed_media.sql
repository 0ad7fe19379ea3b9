-- Pictures go to the laptops sealed, ahead of their question, under an address that says nothing of the open one.
ALTER TABLE media ADD COLUMN sealed_id TEXT;
ALTER TABLE media ADD COLUMN key BLOB;
UPDATE media SET sealed_id = lower(hex(randomblob(16))), key = randomblob(32);
CREATE UNIQUE INDEX media_by_sealed_id ON media (sealed_id);

-- A journal of schema version 4, as a station of that version left it.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE batch(
  name       TEXT PRIMARY KEY,
  mode       TEXT NOT NULL CHECK(mode = 'x509' OR mode = 'sas' OR mode = 'imported'),
  slot       TEXT NOT NULL CHECK(slot IN ('primary', 'secondary')),
  scope_id   TEXT NOT NULL,
  pattern    TEXT NOT NULL,
  first      INTEGER NOT NULL,
  match      INTEGER NOT NULL,
  count      INTEGER NOT NULL CHECK(count > 0),
  spare      INTEGER NOT NULL CHECK(spare >= 0),
  state      TEXT NOT NULL CHECK(state = 'open' OR state = 'paused' OR state = 'closed'),
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used       INTEGER NOT NULL DEFAULT 0,
  next       INTEGER NOT NULL
) STRICT;
INSERT INTO batch VALUES('order-1','x509','primary','0ne00TEST01','order-1-{seq:06}',1,0,4,5,'open','demo',1795988004264,2,3);
INSERT INTO batch VALUES('order-2','sas','primary','0ne00TEST01','',1,0,2,1,'open','demo',1795988007810,1,1);
CREATE TABLE listed_id(
  batch    TEXT NOT NULL REFERENCES batch(name),
  id       TEXT NOT NULL,
  position INTEGER NOT NULL,
  name     TEXT NOT NULL,
  uid      BLOB,
  PRIMARY KEY(batch, id)
) STRICT, WITHOUT ROWID;
INSERT INTO listed_id VALUES('order-2','pump-1',1,'Pump one',NULL);
INSERT INTO listed_id VALUES('order-2','pump-2',2,'',NULL);
CREATE TABLE free_id(
  batch  TEXT NOT NULL REFERENCES batch(name),
  number INTEGER NOT NULL,
  PRIMARY KEY(batch, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE unit(
  number      INTEGER PRIMARY KEY,
  batch       TEXT NOT NULL REFERENCES batch(name),
  id          TEXT NOT NULL,
  scan        TEXT NOT NULL,
  uid         BLOB NOT NULL,
  state       TEXT NOT NULL CHECK(state = 'RESERVED' OR state = 'INTENDED' OR state = 'ISSUED' OR state = 'WRITTEN' OR state = 'VERIFIED' OR
                                   state = 'RECORDED' OR state = 'VOID'),
  fixture     TEXT NOT NULL,
  job         TEXT NOT NULL,
  origin      TEXT NOT NULL CHECK(origin = 'board' OR origin = 'station' OR origin = 'derived' OR origin = 'imported'),
  slot        TEXT NOT NULL,
  serial      BLOB,
  key_hash    BLOB,
  certificate BLOB,
  credential  BLOB,
  evidence    TEXT NOT NULL DEFAULT '' CHECK(evidence = '' OR evidence = 'proof' OR evidence = 'digest' OR evidence = 'read-back'),
  family      TEXT NOT NULL,
  firmware    TEXT NOT NULL,
  locked      INTEGER NOT NULL DEFAULT 0,
  void_from   TEXT,
  void_reason TEXT,
  created_at  INTEGER NOT NULL,
  changed_at  INTEGER NOT NULL,
  recorded_at INTEGER,
  -- what the partial indexes ask: one that asked for the state itself would be written anew at each of a unit's steps
  live        INTEGER NOT NULL DEFAULT 1 CHECK(live = (state <> 'VOID')),
  finished    INTEGER NOT NULL DEFAULT 0 CHECK(finished = (state IN ('RECORDED', 'VOID'))),
  lock_owed   INTEGER NOT NULL DEFAULT 0 CHECK(lock_owed = (state = 'RECORDED' AND NOT locked))
, void_for TEXT NOT NULL DEFAULT '' CHECK(void_for = '' OR void_for = 'rework' OR void_for = 'scrap'), supersedes BLOB, who TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO unit VALUES(1,'order-1','order-1-000001','sn-2',X'3fd11192a27ff6fa0200000001','RECORDED','F2','2a0d4359-3398-43ea-a74d-9eec9ec3ae87','board','primary',X'4be645ebf8577382c7da63b86798efb1f8',X'6093f419af66d10140b25c76db17915ff8f89fab9023dcbcaffd4cfb65b7a739',X'308201d030820177a00302010202114be645ebf8577382c7da63b86798efb1f8300a06082a8648ce3d040302304431163014060355040a0c0d4b65797374616d702064656d6f312a302806035504030c214b65797374616d702064656d6f207072696d617279204341206432666536303739301e170d3236313132383231333332385a170d3336313132353231333332385a30193117301506035504030c0e6f726465722d312d3030303030313059301306072a8648ce3d020106082a8648ce3d030107034200045fe4fb0c2a1225866991aee21f4975c83c175d9223362d68ff4820078ae0a2ae7682d1bc43ad49cfd875d161bc8dfb3a93543bd6b5782bc2f86b5b75f2e2c3c8a3753073300c0603551d130101ff04023000300e0603551d0f0101ff04040302078030130603551d25040c300a06082b06010505070302301d0603551d0e041604145c5b105fec649f8e70d32f5ebffcb5eb852b9ab9301f0603551d230418301680143146b812f19bdfcd0e6dd0735bd604d660fb03fb300a06082a8648ce3d040302034700304402206dafc80483a54a795056acf18948bbc076716fb50f76be8ee7bd1a88daba81c4022054795a4f84fd8e8e548d7b07c47e8e157921fe4bda44efdddd9ec42838856cbf',X'95c312e0e39e9df3d8aa0aea638d62a5f7aa9c1b5c4c5a0be05579356a35ca64','proof','keystamp-agent host','0.1.0',1,NULL,NULL,1795988008137,1795988008565,1795988008565,1,1,0,'',NULL,'');
INSERT INTO unit VALUES(2,'order-1','order-1-000002','sn-1',X'3fd11192a27ff6fa0100000001','RECORDED','F1','6bb719e5-7a53-405d-ae29-c2fad153c1e4','board','primary',X'695b47afd404b0d30b17eeb5e87edd7976',X'b447669ab8a13778dfc2072b3acf1cf8a77c34cd6e95a171a7eb2adfd31e7f32',X'308201d030820177a0030201020211695b47afd404b0d30b17eeb5e87edd7976300a06082a8648ce3d040302304431163014060355040a0c0d4b65797374616d702064656d6f312a302806035504030c214b65797374616d702064656d6f207072696d617279204341206432666536303739301e170d3236313132383231333332385a170d3336313132353231333332385a30193117301506035504030c0e6f726465722d312d3030303030323059301306072a8648ce3d020106082a8648ce3d0301070342000454c22f8fd3192d571ab30a21261e5f8d48fd795ccf14391affde9033fc8fbd0af785ce91459cbd04d0c6a96d57e7ad72693a22ba3f9eb4d89c0a0c58547b6b76a3753073300c0603551d130101ff04023000300e0603551d0f0101ff04040302078030130603551d25040c300a06082b06010505070302301d0603551d0e0416041421e17220a0f18f2daea34057f7bde7bea1420c0a301f0603551d230418301680143146b812f19bdfcd0e6dd0735bd604d660fb03fb300a06082a8648ce3d040302034700304402201bbb683127160e5c1c95f57178bed93547a60ce2f8530995110b08a70693f6a902206a68bdb3ddfe1aecf1bc5b35645219b5343de9650e1780f3737d9cce2162c0a3',X'f74e70fd3b62378bcc22f06cc558203d81cc6a2638d104d0dfa46da599e702a3','proof','keystamp-agent host','0.1.0',1,NULL,NULL,1795988008142,1795988008972,1795988008972,1,1,0,'',NULL,'');
INSERT INTO unit VALUES(3,'order-2','pump-1','pump-1',X'3fd11192a27ff6fa0100000002','RECORDED','F1','41329e76-cfe4-4950-8bf7-82069c973aea','derived','primary',NULL,X'0000000000000000000000000000000000000000000000000000000000000000',NULL,X'28fb600cf890e0c3eb50b0bfdb3b128512df96d37274988a4f5eb0b1c26db220','proof','keystamp-agent host','0.1.0',1,NULL,NULL,1795988011458,1795988011506,1795988011506,1,1,0,'',NULL,'');
CREATE TABLE job(
  number     INTEGER PRIMARY KEY,
  job        TEXT NOT NULL,
  batch      TEXT NOT NULL REFERENCES batch(name),
  fixture    TEXT NOT NULL,
  scan       TEXT NOT NULL,
  id         TEXT,
  uid        BLOB,
  unit       INTEGER REFERENCES unit(number),
  started_at INTEGER NOT NULL,
  ended_at   INTEGER NOT NULL,
  verdict    TEXT NOT NULL CHECK(verdict = 'PASS' OR verdict = 'FAIL' OR verdict = 'ERROR' OR verdict = 'ABORTED'),
  reason     TEXT NOT NULL,
  detail     TEXT NOT NULL
, who TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO job VALUES(1,'2a0d4359-3398-43ea-a74d-9eec9ec3ae87','order-1','F2','sn-2','order-1-000001',X'3fd11192a27ff6fa0200000001',1,1795988008062,1795988008565,'PASS','','','');
INSERT INTO job VALUES(2,'6bb719e5-7a53-405d-ae29-c2fad153c1e4','order-1','F1','sn-1','order-1-000002',X'3fd11192a27ff6fa0100000001',2,1795988008062,1795988008972,'PASS','','','');
INSERT INTO job VALUES(3,'41329e76-cfe4-4950-8bf7-82069c973aea','order-2','F1','pump-1','pump-1',X'3fd11192a27ff6fa0100000002',3,1795988011190,1795988011506,'PASS','','','');
CREATE TABLE audit(
  number INTEGER PRIMARY KEY,
  line   TEXT NOT NULL
) STRICT;
INSERT INTO audit VALUES(1,'{"n":1,"time":"2026-11-29T21:33:24.264Z","kind":"batch-create","batch":"order-1","mode":"x509","slot":"primary","scope":"0ne00TEST01","pattern":"order-1-{seq:06}","first":1,"match":false,"count":4,"spare":5,"who":"demo","prev":"0000000000000000000000000000000000000000000000000000000000000000"}');
INSERT INTO audit VALUES(2,'{"n":2,"time":"2026-11-29T21:33:27.810Z","kind":"batch-create","batch":"order-2","mode":"sas","slot":"primary","scope":"0ne00TEST01","ids":2,"list":"151e9d53e24c0719e84d6f2f19fbc1dacb9495a0e7437bbcafa0bb94670b6459","count":2,"spare":1,"who":"demo","prev":"8294bb4c856eccec9844654c907a5e1551f83fa248d0a4b9316db0da7c2bb7f9"}');
INSERT INTO audit VALUES(3,'{"n":3,"time":"2026-11-29T21:33:28.401Z","kind":"issue","unit":1,"id":"order-1-000001","batch":"order-1","uid":"3fd11192a27ff6fa0200000001","fixture":"F2","job":"2a0d4359-3398-43ea-a74d-9eec9ec3ae87","slot":"primary","key":"board","serial":"4be645ebf8577382c7da63b86798efb1f8","key_hash":"6093f419af66d10140b25c76db17915ff8f89fab9023dcbcaffd4cfb65b7a739","credential":"95c312e0e39e9df3d8aa0aea638d62a5f7aa9c1b5c4c5a0be05579356a35ca64","prev":"dd720f59de14cb19b385f6b4674784ebb3b6c78f978b1c540bb873568d72245b"}');
INSERT INTO audit VALUES(4,'{"n":4,"time":"2026-11-29T21:33:28.565Z","kind":"record","unit":1,"id":"order-1-000001","batch":"order-1","uid":"3fd11192a27ff6fa0200000001","fixture":"F2","job":"2a0d4359-3398-43ea-a74d-9eec9ec3ae87","evidence":"proof","credential":"95c312e0e39e9df3d8aa0aea638d62a5f7aa9c1b5c4c5a0be05579356a35ca64","prev":"9ca7f0a7798c58591089d6debb87c75006c6eb1138b3c2445ee66c3c90c23fa9"}');
INSERT INTO audit VALUES(5,'{"n":5,"time":"2026-11-29T21:33:28.957Z","kind":"issue","unit":2,"id":"order-1-000002","batch":"order-1","uid":"3fd11192a27ff6fa0100000001","fixture":"F1","job":"6bb719e5-7a53-405d-ae29-c2fad153c1e4","slot":"primary","key":"board","serial":"695b47afd404b0d30b17eeb5e87edd7976","key_hash":"b447669ab8a13778dfc2072b3acf1cf8a77c34cd6e95a171a7eb2adfd31e7f32","credential":"f74e70fd3b62378bcc22f06cc558203d81cc6a2638d104d0dfa46da599e702a3","prev":"5beeaf32279e21f1a2b528798619969c98f21afd8a5a08e42eb4831d30e436b5"}');
INSERT INTO audit VALUES(6,'{"n":6,"time":"2026-11-29T21:33:28.972Z","kind":"record","unit":2,"id":"order-1-000002","batch":"order-1","uid":"3fd11192a27ff6fa0100000001","fixture":"F1","job":"6bb719e5-7a53-405d-ae29-c2fad153c1e4","evidence":"proof","credential":"f74e70fd3b62378bcc22f06cc558203d81cc6a2638d104d0dfa46da599e702a3","prev":"79197a48ecac539181e72c9bb4926b2f3ee679c8ca0d37bc01d59fe5b9753017"}');
INSERT INTO audit VALUES(7,'{"n":7,"time":"2026-11-29T21:33:31.154Z","kind":"checkpoint","origin":"test-line","size":6,"root":"4I3gOmMqDDO8zDTdd+TJQxExBIk9QV9h9XgsaYe/X48=","prev":"281259f77c5270f5de11373459371e8cc4bab7f1745c386ff819969aabe82e03"}');
INSERT INTO audit VALUES(8,'{"n":8,"time":"2026-11-29T21:33:31.505Z","kind":"issue","unit":3,"id":"pump-1","batch":"order-2","uid":"3fd11192a27ff6fa0100000002","fixture":"F1","job":"41329e76-cfe4-4950-8bf7-82069c973aea","slot":"primary","key":"derived","credential":"28fb600cf890e0c3eb50b0bfdb3b128512df96d37274988a4f5eb0b1c26db220","prev":"93625f634d81c362d11d8f45001d5ff3388f4c9b55d9c8fb47770be08238b742"}');
INSERT INTO audit VALUES(9,'{"n":9,"time":"2026-11-29T21:33:31.506Z","kind":"record","unit":3,"id":"pump-1","batch":"order-2","uid":"3fd11192a27ff6fa0100000002","fixture":"F1","job":"41329e76-cfe4-4950-8bf7-82069c973aea","evidence":"proof","credential":"28fb600cf890e0c3eb50b0bfdb3b128512df96d37274988a4f5eb0b1c26db220","prev":"5655db87b294e74a76ce102da240dfadc09a8d87a5985fd60da2a08b384e7dad"}');
INSERT INTO audit VALUES(10,'{"n":10,"time":"2026-11-29T21:33:31.541Z","kind":"checkpoint","origin":"test-line","size":9,"root":"1NreRP0yLEInlGwMWIju/C3XM8LfZWjunv/EV9omLvU=","prev":"7509e6fe009e5b56a0cd867f285b59bbaa53ddaa9eaba455320e2a9859e5c281"}');
INSERT INTO audit VALUES(11,'{"n":11,"time":"2026-11-29T21:33:31.805Z","kind":"person-add","person":"erika","role":"operator","who":"demo","prev":"a549769e27069a81238aaeb75262085a63126ef0c7f7b41baf0bf7715b779390"}');
CREATE TABLE checkpoint(
  number    INTEGER PRIMARY KEY,
  origin    TEXT NOT NULL,
  size      INTEGER NOT NULL,
  root      BLOB NOT NULL,
  signature BLOB NOT NULL,
  saved_at  INTEGER NOT NULL
) STRICT;
INSERT INTO checkpoint VALUES(1,'test-line',6,X'e08de03a632a0c33bccc34dd77e4c943113104893d415f61f5782c6987bf5f8f',X'304402204c9250e9102aa6650e17e74bf9e52a4f2bede242905bd163b4d910454a7369d402207270859343c433dae93cf1eeb0257e156bc6cd155d612ff18b5794112e82884f',1795988011154);
INSERT INTO checkpoint VALUES(2,'test-line',9,X'd4dade44fd322c4227946c0c5888eefc2dd733c2df6568ee9effc457da262ef5',X'30450221009bdfc1b0b4325925c388f78e23ee16ad429d2f1659fd1d7fd58337bcb4a1ab9a022024a1f7f26324306467c751363eb9d71090e88655751feecfebf6a71ddf0d540f',1795988011541);
CREATE TABLE person(
  number     INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  role       TEXT NOT NULL CHECK(role = 'operator' OR role = 'supervisor' OR role = 'auditor'),
  badge      BLOB NOT NULL,
  added_by   TEXT NOT NULL,
  added_at   INTEGER NOT NULL,
  removed_by TEXT,
  removed_at INTEGER
) STRICT;
INSERT INTO person VALUES(1,'erika','operator',X'3d6a8ee934351ac35c243687de08f8ccb55cf954d4fe90855f48803a5acec07a','demo',1795988011805,NULL,NULL);
CREATE UNIQUE INDEX unit_live_id   ON unit(id)  WHERE live = 1;
CREATE UNIQUE INDEX unit_live_uid  ON unit(uid) WHERE live = 1;
CREATE UNIQUE INDEX unit_serial    ON unit(serial) WHERE serial IS NOT NULL;
CREATE INDEX unit_of_batch         ON unit(batch);
CREATE INDEX unit_live_scan        ON unit(batch, scan) WHERE live = 1;
CREATE INDEX unit_unfinished       ON unit(batch) WHERE finished = 0;
CREATE INDEX unit_unlocked         ON unit(batch) WHERE lock_owed = 1;
CREATE INDEX unit_void_of_batch    ON unit(batch) WHERE live = 0;
CREATE INDEX unit_void_id          ON unit(id) WHERE live = 0;
CREATE INDEX unit_void_uid         ON unit(uid) WHERE live = 0;
CREATE TRIGGER unit_stays BEFORE DELETE ON unit BEGIN SELECT RAISE(ABORT, 'a unit is never deleted'); END;
CREATE INDEX job_of_id  ON job(id) WHERE id IS NOT NULL;
CREATE INDEX job_failed ON job(batch) WHERE verdict = 'FAIL';
CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
CREATE INDEX unit_scrapped ON unit(uid) WHERE void_for = 'scrap';
CREATE INDEX batch_imported ON batch(state) WHERE mode = 'imported';
CREATE UNIQUE INDEX person_name  ON person(name)  WHERE removed_at IS NULL;
CREATE UNIQUE INDEX person_badge ON person(badge) WHERE removed_at IS NULL;
CREATE TRIGGER person_stays BEFORE DELETE ON person BEGIN SELECT RAISE(ABORT, 'a person is never deleted'); END;
COMMIT;
PRAGMA user_version=4;

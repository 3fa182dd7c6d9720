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
INSERT INTO batch VALUES('order-1','x509','primary','0ne00TEST01','order-1-{seq:06}',1,0,4,5,'open','demo',1795991258747,2,3);
INSERT INTO batch VALUES('order-2','sas','primary','0ne00TEST01','order-2-{seq:06}',1,0,2,5,'open','demo',1795991258999,1,2);
CREATE TABLE listed_id(
  batch    TEXT NOT NULL REFERENCES batch(name),
  id       TEXT NOT NULL,
  position INTEGER NOT NULL,
  name     TEXT NOT NULL,
  uid      BLOB,
  PRIMARY KEY(batch, id)
) STRICT, WITHOUT ROWID;
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
INSERT INTO unit VALUES(1,'order-1','order-1-000001','order-1-sn-0',X'60e49cc7408fe2a60100000001','RECORDED','F1','8e5c48ba-da47-4622-b3e3-c76d72fdf6be','board','primary',X'1dd86dd8daed9826d4adebc75cad82a20d',X'fe59805eff313ad5098d7c49efae10ae6b97f6016da5b22a83b2ebbfc467844b',X'308201d130820177a00302010202111dd86dd8daed9826d4adebc75cad82a20d300a06082a8648ce3d040302304431163014060355040a0c0d4b65797374616d702064656d6f312a302806035504030c214b65797374616d702064656d6f207072696d617279204341203834333562386666301e170d3236313132383232323733395a170d3336313132353232323733395a30193117301506035504030c0e6f726465722d312d3030303030313059301306072a8648ce3d020106082a8648ce3d03010703420004c5fad3713ad105efb23abdf71da1d91d7fc66703d17523097840b34a82b712ccf61955065bc3863f52bfd2f06bec68feb7e6e6a1c3dc1fd3418210cf807dc9c2a3753073300c0603551d130101ff04023000300e0603551d0f0101ff04040302078030130603551d25040c300a06082b06010505070302301d0603551d0e0416041436298196305480a3ad2267755d7941886fa5c61c301f0603551d23041830168014e4c235a620950df7f0aa88d5a52185f595108ccd300a06082a8648ce3d0403020348003045022100ec70bcf382144e58c68105323586a2f4059d38706f5dcf4ef6edf9d4f3b5d3ce02200b084a391134b5d97ae646f2ade83eaf531e3110334237e252af71ee1c87d6c7',X'e07ecd07d8f797d887fcf36ae9ed757be952b9f80db56c305c1b69de82206ee2','proof','keystamp-agent host','0.1.0',1,NULL,NULL,1795991259085,1795991259121,1795991259121,1,1,0,'',NULL,'');
INSERT INTO unit VALUES(2,'order-1','order-1-000002','order-1-sn-1',X'60e49cc7408fe2a60100000002','RECORDED','F1','1eb41a43-7742-4dc8-95fa-f36f3545c0f4','board','primary',X'5bfc2386ae2dcfdcf026aafb50a28ffa56',X'1f254f2a1085e0bb220275b8f351e5c22fb96e9531d2ee5c8ffea9aceda7b410',X'308201d130820177a00302010202115bfc2386ae2dcfdcf026aafb50a28ffa56300a06082a8648ce3d040302304431163014060355040a0c0d4b65797374616d702064656d6f312a302806035504030c214b65797374616d702064656d6f207072696d617279204341203834333562386666301e170d3236313132383232323733395a170d3336313132353232323733395a30193117301506035504030c0e6f726465722d312d3030303030323059301306072a8648ce3d020106082a8648ce3d0301070342000451c7fe27808806c3f4247d07a9f9e253cfc1079cd800cc3f6f9a7b0ecf6d9eb7df11033d61b8aa3401862482b24133754c22458812ddf8e661f0c1846ba3ce1fa3753073300c0603551d130101ff04023000300e0603551d0f0101ff04040302078030130603551d25040c300a06082b06010505070302301d0603551d0e04160414867a2bbbb401843c14750d11d432171b754c1306301f0603551d23041830168014e4c235a620950df7f0aa88d5a52185f595108ccd300a06082a8648ce3d040302034800304502207179a0c8653b7313ad6caa528ddc6b7e51cc1b93a70edbfd80ce62bea27acfe0022100d8c1ea66503efc112fc067ad72167d3cd52551eeb6da703434db80e66ff94016',X'67c06e7edef058a47ce662cf59d5d2e1a0484774fe6883b357eae5c03413ce6f','proof','keystamp-agent host','0.1.0',1,NULL,NULL,1795991259122,1795991259131,1795991259131,1,1,0,'',NULL,'');
INSERT INTO unit VALUES(3,'order-2','order-2-000001','order-2-sn-0',X'60e49cc7408fe2a60100000003','RECORDED','F1','0f83f596-4caa-4e1f-8a00-0e033e595dce','derived','primary',NULL,X'0000000000000000000000000000000000000000000000000000000000000000',NULL,X'a619a83e8a165db18aec661dc4ec807c3d8cefe08638575be46f7c8c9b1afa3c','proof','keystamp-agent host','0.1.0',1,NULL,NULL,1795991259198,1795991259221,1795991259221,1,1,0,'',NULL,'');
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
INSERT INTO job VALUES(1,'8e5c48ba-da47-4622-b3e3-c76d72fdf6be','order-1','F1','order-1-sn-0','order-1-000001',X'60e49cc7408fe2a60100000001',1,1795991259076,1795991259121,'PASS','','','');
INSERT INTO job VALUES(2,'1eb41a43-7742-4dc8-95fa-f36f3545c0f4','order-1','F1','order-1-sn-1','order-1-000002',X'60e49cc7408fe2a60100000002',2,1795991259122,1795991259131,'PASS','','','');
INSERT INTO job VALUES(3,'0f83f596-4caa-4e1f-8a00-0e033e595dce','order-2','F1','order-2-sn-0','order-2-000001',X'60e49cc7408fe2a60100000003',3,1795991259197,1795991259221,'PASS','','','');
CREATE TABLE audit(
  number INTEGER PRIMARY KEY,
  line   TEXT NOT NULL
) STRICT;
INSERT INTO audit VALUES(1,'{"n":1,"time":"2026-11-29T22:27:38.747Z","kind":"batch-create","batch":"order-1","mode":"x509","slot":"primary","scope":"0ne00TEST01","pattern":"order-1-{seq:06}","first":1,"match":false,"count":4,"spare":5,"who":"demo","prev":"0000000000000000000000000000000000000000000000000000000000000000"}');
INSERT INTO audit VALUES(2,'{"n":2,"time":"2026-11-29T22:27:38.999Z","kind":"batch-create","batch":"order-2","mode":"sas","slot":"primary","scope":"0ne00TEST01","pattern":"order-2-{seq:06}","first":1,"match":false,"count":2,"spare":5,"who":"demo","prev":"4de0542c657a31f79bbd9c1cabfc5b9ad7418688c90aa768f3735bbfb271e22a"}');
INSERT INTO audit VALUES(3,'{"n":3,"time":"2026-11-29T22:27:39.117Z","kind":"issue","unit":1,"id":"order-1-000001","batch":"order-1","uid":"60e49cc7408fe2a60100000001","fixture":"F1","job":"8e5c48ba-da47-4622-b3e3-c76d72fdf6be","slot":"primary","key":"board","serial":"1dd86dd8daed9826d4adebc75cad82a20d","key_hash":"fe59805eff313ad5098d7c49efae10ae6b97f6016da5b22a83b2ebbfc467844b","credential":"e07ecd07d8f797d887fcf36ae9ed757be952b9f80db56c305c1b69de82206ee2","prev":"99a407d47f5438d869f78a537d5f256a881177959114335a26994241859e14f0"}');
INSERT INTO audit VALUES(4,'{"n":4,"time":"2026-11-29T22:27:39.121Z","kind":"record","unit":1,"id":"order-1-000001","batch":"order-1","uid":"60e49cc7408fe2a60100000001","fixture":"F1","job":"8e5c48ba-da47-4622-b3e3-c76d72fdf6be","evidence":"proof","credential":"e07ecd07d8f797d887fcf36ae9ed757be952b9f80db56c305c1b69de82206ee2","prev":"ec3a69c89496d5549538f02f4eb345bac29d17e8e519ec7fd35ebcfcb29b07ee"}');
INSERT INTO audit VALUES(5,'{"n":5,"time":"2026-11-29T22:27:39.130Z","kind":"issue","unit":2,"id":"order-1-000002","batch":"order-1","uid":"60e49cc7408fe2a60100000002","fixture":"F1","job":"1eb41a43-7742-4dc8-95fa-f36f3545c0f4","slot":"primary","key":"board","serial":"5bfc2386ae2dcfdcf026aafb50a28ffa56","key_hash":"1f254f2a1085e0bb220275b8f351e5c22fb96e9531d2ee5c8ffea9aceda7b410","credential":"67c06e7edef058a47ce662cf59d5d2e1a0484774fe6883b357eae5c03413ce6f","prev":"6b2e7fc63a46052e00c88923878e02aca26dc4ef0e919615f566f5da569594ae"}');
INSERT INTO audit VALUES(6,'{"n":6,"time":"2026-11-29T22:27:39.131Z","kind":"record","unit":2,"id":"order-1-000002","batch":"order-1","uid":"60e49cc7408fe2a60100000002","fixture":"F1","job":"1eb41a43-7742-4dc8-95fa-f36f3545c0f4","evidence":"proof","credential":"67c06e7edef058a47ce662cf59d5d2e1a0484774fe6883b357eae5c03413ce6f","prev":"ff36c3e85cafde04ad9b00141d66a18d2e77c267839896d714d0052bf6145640"}');
INSERT INTO audit VALUES(7,'{"n":7,"time":"2026-11-29T22:27:39.145Z","kind":"checkpoint","origin":"test-line","size":6,"root":"Alc3u23esUBTvC/PAKTsvhFjCIMZewmQ17n4ZSW8W/I=","prev":"a9027dd7486b08a5bde777c9ca787e13fa3ce50bbb5464d281c80dc462e42430"}');
INSERT INTO audit VALUES(8,'{"n":8,"time":"2026-11-29T22:27:39.217Z","kind":"issue","unit":3,"id":"order-2-000001","batch":"order-2","uid":"60e49cc7408fe2a60100000003","fixture":"F1","job":"0f83f596-4caa-4e1f-8a00-0e033e595dce","slot":"primary","key":"derived","credential":"a619a83e8a165db18aec661dc4ec807c3d8cefe08638575be46f7c8c9b1afa3c","prev":"d13a51363d079b9b872231b9e95da87975a51d0ed8b5e26866a896b3f79f1b30"}');
INSERT INTO audit VALUES(9,'{"n":9,"time":"2026-11-29T22:27:39.221Z","kind":"record","unit":3,"id":"order-2-000001","batch":"order-2","uid":"60e49cc7408fe2a60100000003","fixture":"F1","job":"0f83f596-4caa-4e1f-8a00-0e033e595dce","evidence":"proof","credential":"a619a83e8a165db18aec661dc4ec807c3d8cefe08638575be46f7c8c9b1afa3c","prev":"70025278d1e5532dd04d161cfe1707fcca60ef02acf37ad6c473846bd6748e9d"}');
INSERT INTO audit VALUES(10,'{"n":10,"time":"2026-11-29T22:27:39.233Z","kind":"checkpoint","origin":"test-line","size":9,"root":"eObqEHw9QXKnwSyBg6m4pqCEJfoUmdKPPHdSFuhhhJY=","prev":"0593f9a06ba5c68362a212b11e80cb5e9cbcc6ec1e18b19adffa9192b620054c"}');
CREATE TABLE checkpoint(
  number    INTEGER PRIMARY KEY,
  origin    TEXT NOT NULL,
  size      INTEGER NOT NULL,
  root      BLOB NOT NULL,
  signature BLOB NOT NULL,
  saved_at  INTEGER NOT NULL
) STRICT;
INSERT INTO checkpoint VALUES(1,'test-line',6,X'025737bb6ddeb14053bc2fcf00a4ecbe11630883197b0990d7b9f86525bc5bf2',X'3044022040e448c2f19a3e641c149e2967b5c5fc2ec513b9141b10b2749dc6cb8d590ffe02203f3cc737baf74e88bfcb1da89399c77b0144fb7893db1793813ded4c987043cf',1795991259145);
INSERT INTO checkpoint VALUES(2,'test-line',9,X'78e6ea107c3d4172a7c12c8183a9b8a6a08425fa1499d28f3c775216e8618496',X'304502201169c9dd57728521e610d21be5b955c02b98df04f3659cfb049e9526ee39313f0221009bf93676813ba75d28aee132df7c64165f9a4b23b67394276f2c941e5a3608e4',1795991259233);
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

PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE studies (
	study_id INTEGER NOT NULL, 
	study_name VARCHAR(512) NOT NULL, 
	PRIMARY KEY (study_id)
);
INSERT INTO studies VALUES(1,'first');
CREATE TABLE version_info (
	version_info_id INTEGER NOT NULL, 
	schema_version INTEGER, 
	library_version VARCHAR(256), 
	PRIMARY KEY (version_info_id), 
	CHECK (version_info_id=1)
);
INSERT INTO version_info VALUES(1,12,'3.1.0');
CREATE TABLE study_directions (
	study_direction_id INTEGER NOT NULL, 
	direction VARCHAR(8) NOT NULL, 
	study_id INTEGER NOT NULL, 
	objective INTEGER NOT NULL, 
	PRIMARY KEY (study_direction_id), 
	UNIQUE (study_id, objective), 
	FOREIGN KEY(study_id) REFERENCES studies (study_id)
);
INSERT INTO study_directions VALUES(1,'MINIMIZE',1,0);
CREATE TABLE study_user_attributes (
	study_user_attribute_id INTEGER NOT NULL, 
	study_id INTEGER, 
	"key" VARCHAR(512), 
	value_json TEXT, 
	PRIMARY KEY (study_user_attribute_id), 
	UNIQUE (study_id, "key"), 
	FOREIGN KEY(study_id) REFERENCES studies (study_id)
);
CREATE TABLE study_system_attributes (
	study_system_attribute_id INTEGER NOT NULL, 
	study_id INTEGER, 
	"key" VARCHAR(512), 
	value_json TEXT, 
	PRIMARY KEY (study_system_attribute_id), 
	UNIQUE (study_id, "key"), 
	FOREIGN KEY(study_id) REFERENCES studies (study_id)
);
CREATE TABLE trials (
	trial_id INTEGER NOT NULL, 
	number INTEGER, 
	study_id INTEGER, 
	state VARCHAR(8) NOT NULL, 
	datetime_start DATETIME, 
	datetime_complete DATETIME, 
	PRIMARY KEY (trial_id), 
	FOREIGN KEY(study_id) REFERENCES studies (study_id)
);
INSERT INTO trials VALUES(1,0,1,'COMPLETE','2026-11-21 21:28:00.453801','2026-11-21 21:28:00.637906');
INSERT INTO trials VALUES(2,1,1,'COMPLETE','2026-11-21 21:28:00.737693','2026-11-21 21:28:00.883684');
INSERT INTO trials VALUES(3,2,1,'COMPLETE','2026-11-21 21:28:00.930826','2026-11-21 21:28:01.066504');
INSERT INTO trials VALUES(4,3,1,'FAIL','2026-11-21 21:28:01.113714','2026-11-21 21:28:01.223611');
INSERT INTO trials VALUES(5,4,1,'PRUNED','2026-11-21 21:28:01.261550','2026-11-21 21:28:01.468646');
INSERT INTO trials VALUES(6,5,1,'COMPLETE','2026-11-21 21:28:01.516202','2026-11-21 21:28:01.677662');
INSERT INTO trials VALUES(7,6,1,'COMPLETE','2026-11-21 21:28:01.732903','2026-11-21 21:28:01.885744');
INSERT INTO trials VALUES(8,7,1,'COMPLETE','2026-11-21 21:28:01.942580','2026-11-21 21:28:02.076470');
INSERT INTO trials VALUES(9,8,1,'COMPLETE','2026-11-21 21:28:02.108050','2026-11-21 21:28:02.257367');
INSERT INTO trials VALUES(10,9,1,'COMPLETE','2026-11-21 21:28:02.304860','2026-11-21 21:28:02.448600');
INSERT INTO trials VALUES(11,10,1,'RUNNING','2026-11-21 21:28:02.488914',NULL);
CREATE TABLE trial_user_attributes (
	trial_user_attribute_id INTEGER NOT NULL, 
	trial_id INTEGER, 
	"key" VARCHAR(512), 
	value_json TEXT, 
	PRIMARY KEY (trial_user_attribute_id), 
	UNIQUE (trial_id, "key"), 
	FOREIGN KEY(trial_id) REFERENCES trials (trial_id)
);
CREATE TABLE trial_system_attributes (
	trial_system_attribute_id INTEGER NOT NULL, 
	trial_id INTEGER, 
	"key" VARCHAR(512), 
	value_json TEXT, 
	PRIMARY KEY (trial_system_attribute_id), 
	UNIQUE (trial_id, "key"), 
	FOREIGN KEY(trial_id) REFERENCES trials (trial_id)
);
CREATE TABLE trial_params (
	param_id INTEGER NOT NULL, 
	trial_id INTEGER, 
	param_name VARCHAR(512), 
	param_value FLOAT, 
	distribution_json TEXT, 
	PRIMARY KEY (param_id), 
	UNIQUE (trial_id, param_name), 
	FOREIGN KEY(trial_id) REFERENCES trials (trial_id)
);
INSERT INTO trial_params VALUES(1,1,'X',0.017826497151386937883,'{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.001, "high": 1.0, "log": true}}');
INSERT INTO trial_params VALUES(2,1,'Y',47.0,'{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 1, "high": 64}}');
INSERT INTO trial_params VALUES(3,1,'OPT',1.0,'{"name": "CategoricalDistribution", "attributes": {"choices": ["adam", "sgd"]}}');
INSERT INTO trial_params VALUES(4,2,'X',0.0027559267640273749089,'{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.001, "high": 1.0, "log": true}}');
INSERT INTO trial_params VALUES(5,2,'Y',6.0,'{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 1, "high": 64}}');
INSERT INTO trial_params VALUES(6,2,'OPT',1.0,'{"name": "CategoricalDistribution", "attributes": {"choices": ["adam", "sgd"]}}');
INSERT INTO trial_params VALUES(7,3,'X',0.015498955191377132914,'{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.001, "high": 1.0, "log": true}}');
INSERT INTO trial_params VALUES(8,3,'Y',35.0,'{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 1, "high": 64}}');
INSERT INTO trial_params VALUES(9,3,'OPT',1.0,'{"name": "CategoricalDistribution", "attributes": {"choices": ["adam", "sgd"]}}');
INSERT INTO trial_params VALUES(10,4,'X',0.0041054120168588911429,'{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.001, "high": 1.0, "log": true}}');
INSERT INTO trial_params VALUES(11,4,'Y',57.0,'{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 1, "high": 64}}');
INSERT INTO trial_params VALUES(12,4,'OPT',1.0,'{"name": "CategoricalDistribution", "attributes": {"choices": ["adam", "sgd"]}}');
INSERT INTO trial_params VALUES(13,5,'X',0.017861355197625956164,'{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.001, "high": 1.0, "log": true}}');
INSERT INTO trial_params VALUES(14,5,'Y',36.0,'{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 1, "high": 64}}');
INSERT INTO trial_params VALUES(15,5,'OPT',1.0,'{"name": "CategoricalDistribution", "attributes": {"choices": ["adam", "sgd"]}}');
INSERT INTO trial_params VALUES(16,6,'X',0.25248390936170994613,'{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.001, "high": 1.0, "log": true}}');
INSERT INTO trial_params VALUES(17,6,'Y',62.0,'{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 1, "high": 64}}');
INSERT INTO trial_params VALUES(18,6,'OPT',1.0,'{"name": "CategoricalDistribution", "attributes": {"choices": ["adam", "sgd"]}}');
INSERT INTO trial_params VALUES(19,7,'X',0.42576254860113788014,'{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.001, "high": 1.0, "log": true}}');
INSERT INTO trial_params VALUES(20,7,'Y',58.0,'{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 1, "high": 64}}');
INSERT INTO trial_params VALUES(21,7,'OPT',0.0,'{"name": "CategoricalDistribution", "attributes": {"choices": ["adam", "sgd"]}}');
INSERT INTO trial_params VALUES(22,8,'X',0.0032321481473512742033,'{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.001, "high": 1.0, "log": true}}');
INSERT INTO trial_params VALUES(23,8,'Y',57.0,'{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 1, "high": 64}}');
INSERT INTO trial_params VALUES(24,8,'OPT',1.0,'{"name": "CategoricalDistribution", "attributes": {"choices": ["adam", "sgd"]}}');
INSERT INTO trial_params VALUES(25,9,'X',0.74759879112986427074,'{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.001, "high": 1.0, "log": true}}');
INSERT INTO trial_params VALUES(26,9,'Y',35.0,'{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 1, "high": 64}}');
INSERT INTO trial_params VALUES(27,9,'OPT',0.0,'{"name": "CategoricalDistribution", "attributes": {"choices": ["adam", "sgd"]}}');
INSERT INTO trial_params VALUES(28,10,'X',0.11468398705751574329,'{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.001, "high": 1.0, "log": true}}');
INSERT INTO trial_params VALUES(29,10,'Y',54.0,'{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 1, "high": 64}}');
INSERT INTO trial_params VALUES(30,10,'OPT',1.0,'{"name": "CategoricalDistribution", "attributes": {"choices": ["adam", "sgd"]}}');
CREATE TABLE trial_values (
	trial_value_id INTEGER NOT NULL, 
	trial_id INTEGER NOT NULL, 
	objective INTEGER NOT NULL, 
	value FLOAT, 
	value_type VARCHAR(7) NOT NULL, 
	PRIMARY KEY (trial_value_id), 
	UNIQUE (trial_id, objective), 
	FOREIGN KEY(trial_id) REFERENCES trials (trial_id)
);
INSERT INTO trial_values VALUES(1,1,0,1.8139968857098562882,'FINITE');
INSERT INTO trial_values VALUES(2,2,0,1.1821040390739123715,'FINITE');
INSERT INTO trial_values VALUES(3,3,0,1.6278158444971979612,'FINITE');
INSERT INTO trial_values VALUES(4,5,0,0.59999999999999997779,'FINITE');
INSERT INTO trial_values VALUES(5,6,0,NULL,'INF_POS');
INSERT INTO trial_values VALUES(6,7,0,0.9220662186306535224,'FINITE');
INSERT INTO trial_values VALUES(7,8,0,1.9786961578932356076,'FINITE');
INSERT INTO trial_values VALUES(8,9,0,0.74721967782091591736,'FINITE');
INSERT INTO trial_values VALUES(9,10,0,1.8780920246528989281,'FINITE');
CREATE TABLE trial_intermediate_values (
	trial_intermediate_value_id INTEGER NOT NULL, 
	trial_id INTEGER NOT NULL, 
	step INTEGER NOT NULL, 
	intermediate_value FLOAT, 
	intermediate_value_type VARCHAR(7) NOT NULL, 
	PRIMARY KEY (trial_intermediate_value_id), 
	UNIQUE (trial_id, step), 
	FOREIGN KEY(trial_id) REFERENCES trials (trial_id)
);
INSERT INTO trial_intermediate_values VALUES(1,5,1,0.69999999999999995559,'FINITE');
INSERT INTO trial_intermediate_values VALUES(2,5,2,0.59999999999999997779,'FINITE');
CREATE TABLE trial_heartbeats (
	trial_heartbeat_id INTEGER NOT NULL, 
	trial_id INTEGER NOT NULL, 
	heartbeat DATETIME NOT NULL, 
	PRIMARY KEY (trial_heartbeat_id), 
	UNIQUE (trial_id), 
	FOREIGN KEY(trial_id) REFERENCES trials (trial_id)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version VALUES('v3.0.0.d');
CREATE UNIQUE INDEX ix_studies_study_name ON studies (study_name);
COMMIT;

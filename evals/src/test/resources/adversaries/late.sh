# A model that is a minute late.
exec sleep 60

# A model that has something to say, and no config.
cat > /dev/null
echo 'As a large model I would {"lr": [[[, say ```json {"nothing": NaN} ``` and ]}'

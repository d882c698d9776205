"""Reads handwritten digits with a support vector machine of scikit-learn; the error is the mean of five folds."""

from sklearn.datasets import load_digits
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

KERNEL = "rbf"
C = 1.0
GAMMA = 0.05
DEGREE = 3

images, digits = load_digits(return_X_y=True)
model = make_pipeline(StandardScaler(), SVC(C=C, kernel=KERNEL, gamma=GAMMA, degree=DEGREE))
folds = StratifiedKFold(5, shuffle=True, random_state=0)
right = cross_val_score(model, images, digits, cv=folds)
print(f"error: {1 - right.mean():.5f}")

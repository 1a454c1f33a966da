"""How every number came about, in trees and in sentences."""
